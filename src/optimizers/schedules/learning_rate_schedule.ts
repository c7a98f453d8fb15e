import * as tf from "@tensorflow/tfjs-core";
import { CallableInstance } from "../../utils/callable_instance";
import { checkOptions, describe } from "../../utils/options";

/** A schedule's instances are functions; a class cannot say so itself. */
export interface LearningRateSchedule {
  (step: tf.Tensor): tf.Tensor;
  (step: number): tf.Tensor;
}

/**
 * Base of the schedules: the learning rate as a function of how many updates were made. Subclass it and write `call` with
 * `tf` operations. https://keras.io/api/optimizers/learning_rate_schedules/
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class Halving extends keras.optimizers.schedules.LearningRateSchedule {
 *   call(step: tf.Tensor) { return tf.pow(0.5, step); }
 * }
 * new Halving()(3) // 0.125
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class LearningRateSchedule extends CallableInstance {
  static readonly className: string = "LearningRateSchedule";

  /** The rate at `step`, a float32 scalar counting from 0. */
  abstract call(step: tf.Tensor): tf.Tensor;

  override invoke(step: tf.Tensor | number): tf.Tensor {
    return this.call(tf.cast(step, "float32"));
  }

  /** The options that make an equal schedule. */
  getConfig(): { [option: string]: unknown } {
    return {};
  }
}

/**
 * The arguments of a schedule by name, however they were given: all in one object, or the required ones first, as Keras
 * takes them. Checks that no name is unknown and that the required ones are numbers.
 */
export function scheduleOptions<T extends object>(
  where: string,
  required: readonly (keyof T & string)[],
  optional: readonly string[],
  args: readonly unknown[],
): T {
  const positional = args.filter((arg) => typeof arg === "number" || Array.isArray(arg));
  const given = args.find((arg) => typeof arg === "object" && arg !== null && !Array.isArray(arg)) ?? {};
  checkOptions(where, given, [...required, ...optional]);
  const names = [...required, ...optional];
  const all: { [name: string]: unknown } = { ...given };
  for (const [i, value] of positional.entries()) all[names[i] ?? ""] = value;
  for (const name of required) {
    if (typeof all[name] === "number" || Array.isArray(all[name])) continue;
    throw new TypeError(`${where} needs a number as ${name} but found ${describe(all[name])}.`);
  }
  const { decaySteps, firstDecaySteps } = all;
  for (const steps of [decaySteps, firstDecaySteps]) {
    if (typeof steps === "number" && steps <= 0) {
      throw new RangeError(`${where} expected a number of decay steps above 0 but found ${steps}.`);
    }
  }
  return all as T;
}
