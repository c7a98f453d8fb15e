import * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../../options/kinds";
import { checked } from "../../options/options";
import { ConfigurableFunction } from "../../saving/configurable";

/** A schedule's instances are functions; a class cannot declare that itself. */
export interface LearningRateSchedule {
  (step: tf.Tensor): tf.Tensor;
  (step: number): tf.Tensor;
}

/**
 * Base of the schedules: the learning rate as a function of the number of updates so far. Subclass it and write `call`
 * with
 * `tf` operations.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class Halving extends keras.optimizers.schedules.LearningRateSchedule {
 *   call(step: tf.Tensor) { return tf.pow(0.5, step); }
 * }
 * new Halving()(3) // 0.125
 * ```
 * @see https://keras.io/api/optimizers/learning_rate_schedules/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class LearningRateSchedule extends ConfigurableFunction {
  static override readonly className: string = "LearningRateSchedule";

  /** The rate at `step`, a float32 scalar counting from 0. */
  abstract call(step: tf.Tensor): tf.Tensor;

  override invoke(step: tf.Tensor | number): tf.Tensor {
    return this.call(tf.cast(step, "float32"));
  }

  /**
   * {@link configure} for arguments as Keras takes them: all options in one object, or those without a default first.
   *
   * @param kinds in the order of the arguments
   */
  protected configureFrom<O extends object>(
    args: readonly unknown[],
    kinds: kinds.KindsOf<O>,
    defaults: Partial<O>,
  ): void {
    const names = Object.keys(kinds) as (keyof O & string)[];
    const last = args.findIndex((arg) => typeof arg === "object" && arg !== null && !Array.isArray(arg));
    const positional = (last < 0 ? args : args.slice(0, last)).slice(0, names.length);
    const given = {
      ...Object.fromEntries(positional.map((value, i) => [names[i], value])),
      ...(args[last] as object | undefined),
    } as O;
    this.configure(given, kinds, defaults);
    const { className } = this.constructor as typeof LearningRateSchedule;
    for (const name of names) if (!(name in defaults)) checked(`${className}()`, name, given[name], kinds[name]);
  }
}

/** The arguments of a schedule that starts at a rate and takes a number of updates. */
export type RateAndSteps<O> =
  | [options: O]
  | [initialLearningRate: number, decaySteps: number, options?: Omit<O, "initialLearningRate" | "decaySteps">];

/** A number of updates. */
export const steps = kinds.number({ above: 0 });

/** A learning rate. */
export const rate = kinds.number({ min: 0 });
