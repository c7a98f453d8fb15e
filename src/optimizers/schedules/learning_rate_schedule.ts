import * as tf from "@tensorflow/tfjs-core";
import { CallableInstance } from "../../callable_instance";
import * as kinds from "../../options/kinds";
import { checked, checkOptions } from "../../options/options";

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

/** What the options of a schedule may be, those that it needs and the others. */
export interface ScheduleKinds {
  readonly required: kinds.Kinds;
  readonly optional: kinds.Kinds;
}

/** A number of updates, as all schedules take it. */
export const steps = kinds.number({ above: 0 });

/** A learning rate. */
export const rate = kinds.number({ min: 0 });

/**
 * The arguments of a schedule by name, however they were given: all in one object, or the required ones first, as Keras
 * takes them.
 */
export function scheduleOptions<T extends object>(
  where: string,
  { required, optional }: ScheduleKinds,
  args: readonly unknown[],
): T {
  const all = { ...required, ...optional };
  const names = Object.keys(all);
  const last = args.findIndex((arg) => typeof arg === "object" && arg !== null && !Array.isArray(arg));
  const positional = (last < 0 ? args : args.slice(0, last)).slice(0, names.length);
  const given = {
    ...Object.fromEntries(positional.map((value, i) => [names[i], value])),
    ...(args[last] as object | undefined),
  } as { readonly [name: string]: unknown };
  checkOptions(where, given, all);
  for (const [name, kind] of Object.entries(required)) checked(where, name, given[name], kind);
  return given as T;
}
