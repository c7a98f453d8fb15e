import type * as tf from "@tensorflow/tfjs-core";
import { type Callable, callable } from "../callable";
import { type OptionFields, type OptionTable, type OwnOptions, subclass } from "./configurable";
import { Loss, type LossOptions } from "./loss";
import { matched } from "./shapes";

/** A function of targets and predictions; what it returns is averaged over the batch. */
export type LossFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** A loss whose values are those of the class's function. */
export class FunctionLoss extends Loss {
  /** The function. Its third argument is the loss, which has the options as fields. */
  static readonly fn: (yTrue: tf.Tensor, yPred: tf.Tensor, options: never) => tf.Tensor;

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return (this.constructor as typeof FunctionLoss).fn(yTrue, yPred, this as never);
  }
}

/** A class that {@link lossOf} makes. */
export type LossClass<O> = Omit<typeof FunctionLoss, "prototype" | "fn"> &
  (new (
    options?: O,
  ) => FunctionLoss & OptionFields<O>);

/** Makes the loss class of a function. If the function takes options, `own` says what they may be, and their defaults. */
export function lossOf(className: string, fn: LossFunction): Callable<LossClass<LossOptions>>;
export function lossOf<O extends LossOptions>(
  className: string,
  fn: (yTrue: tf.Tensor, yPred: tf.Tensor, options: Required<OwnOptions<O>>) => tf.Tensor,
  own: OptionTable<O> & { readonly logName?: string },
): Callable<LossClass<O>>;
export function lossOf(className: string, fn: typeof FunctionLoss.fn, own: object = {}): unknown {
  return callable(subclass(FunctionLoss, { className, fn, ...own }));
}

/** A function of targets and predictions as a loss object: it matches the ranks, then reduces the function's values. */
export class LossFunctionWrapper extends Loss {
  static override readonly className = "LossFunctionWrapper";
  readonly fn: LossFunction;

  constructor(fn: LossFunction, options: LossOptions = {}) {
    super(options);
    this.fn = fn;
  }

  override call(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return this.fn(...matched(yTrue, yPred));
  }
}
