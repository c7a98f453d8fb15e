import * as tf from "@tensorflow/tfjs-core";
import { engine } from "../tensorflow/engine";
import { trackHandle } from "../tensorflow/memory";

/** How a variable is named and whether optimizers change it. */
export interface VariableOptions {
  /** As it is shown and saved: `"dense/kernel"`. Default `"variable"`. */
  readonly name?: string;
  /** Whether gradients are taken for it. Default true. */
  readonly trainable?: boolean;
  /** Adds to the loss while a model trains. */
  readonly regularizer?: VariableFunction | null;
  /** Applied by the optimizer after each update. */
  readonly constraint?: VariableFunction | null;
}

/** A regularizer or a constraint, which computes a tensor from a variable. */
export interface VariableFunction {
  call(weight: tf.Tensor): tf.Tensor;
}

/**
 * A `tf.Variable` with the regularizer and the constraint of a Keras weight. It is freed with its last reference:
 * TensorFlow.js's registry would keep it for ever.
 */
export class KerasVariable extends tf.Variable {
  readonly regularizer: VariableFunction | null;
  readonly constraint: VariableFunction | null;
  readonly #handle;

  constructor(initial: tf.Tensor, options: VariableOptions) {
    super(initial, options.trainable ?? true, options.name ?? "variable", engine().nextTensorId());
    this.regularizer = options.regularizer ?? null;
    this.constraint = options.constraint ?? null;
    engine().incRef(this, null);
    this.#handle = { dataId: this.dataId, dtype: this.dtype, size: this.size };
    trackHandle(this, this.#handle);
  }

  override assign(newValue: tf.Tensor): void {
    super.assign(newValue);
    this.#handle.dataId = this.dataId;
  }
}

/**
 * Makes a variable: a tensor that `assign` changes in place. It holds state of training, and needs no `dispose`.
 *
 * @param initial the first value; the variable keeps its shape and dtype
 */
export function variable(initial: tf.Tensor, options: VariableOptions = {}): KerasVariable {
  return new KerasVariable(initial, options);
}
