import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import { epsilon } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { ConfigurableFunction } from "../saving/configurable";
import { type NamesOf, Registry } from "../saving/registry";
import type { Serialized } from "../saving/serialization";
import type { Spelling } from "../utils/naming";

/** A constraint's instances are functions; a class cannot declare that itself. */
export interface Constraint {
  (w: tf.Tensor): tf.Tensor;
  (w: tf.Tensor, ...none: never[]): tf.Tensor;
}

/**
 * Base of the constraints: the nearest allowed value of a weight, taken after each update. Subclass it and write
 * `call`; a plain function `(w) => tensor` is also a constraint.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class AtMostOne extends keras.constraints.Constraint {
 *   call(w: tf.Tensor) { return w.minimum(1); }
 * }
 * new AtMostOne()(tf.tensor([0.5, 2])) // [0.5, 1]
 * ```
 * @see https://keras.io/api/layers/constraints/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class Constraint extends ConfigurableFunction {
  static override readonly className: string = "Constraint";

  /** The allowed value that replaces `w`. */
  abstract call(w: tf.Tensor): tf.Tensor;

  override invoke(w: tf.Tensor): tf.Tensor {
    return this.call(w);
  }
}

const norms = (w: tf.Tensor, axis: number | number[]) => tf.sqrt(tf.sum(tf.square(w), axis, true));

const norm = kinds.number({ min: 0 });

/** Options of {@link MaxNorm}. */
export interface MaxNormOptions {
  /** The largest norm. Default 2. */
  readonly maxValue?: number;
  /** The axes of a norm: 0 for the incoming weights of a Dense unit, `[0, 1, 2]` for Conv2D. Default 0. */
  readonly axis?: number | number[];
}

class MaxNormConstraint extends Constraint {
  static override readonly className = "MaxNorm";
  declare readonly maxValue: number;
  declare readonly axis: number | number[];

  constructor(maxValue: number | MaxNormOptions = 2, options: MaxNormOptions = {}) {
    super();
    const all = typeof maxValue === "object" && maxValue !== null ? maxValue : { maxValue, ...options };
    this.configure<MaxNormOptions>(all, { maxValue: norm, axis: kinds.axes }, { maxValue: 2, axis: 0 });
  }

  override call(w: tf.Tensor): tf.Tensor {
    const length = norms(w, this.axis);
    return tf.mul(w, tf.div(tf.clipByValue(length, 0, this.maxValue), tf.add(length, epsilon)));
  }
}

/**
 * Shortens weight vectors that are longer than `maxValue`; `MaxNorm(3)` or `"max_norm"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.constraints.MaxNorm(1)(tf.tensor2d([[3], [4]])) // [[0.6], [0.8]]
 * ```
 */
export const MaxNorm = callable(MaxNormConstraint);
export type MaxNorm = MaxNormConstraint;

class NonNegConstraint extends Constraint {
  static override readonly className = "NonNeg";

  override call(w: tf.Tensor): tf.Tensor {
    return tf.relu(w);
  }
}

/**
 * Sets negative weights to 0; `"non_neg"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.constraints.NonNeg()(tf.tensor([-1, 2])) // [0, 2]
 * ```
 */
export const NonNeg = callable(NonNegConstraint);
export type NonNeg = NonNegConstraint;

class UnitNormConstraint extends Constraint {
  static override readonly className = "UnitNorm";
  declare readonly axis: number | number[];

  constructor(options: { readonly axis?: number | number[] } = {}) {
    super();
    this.configure(options, { axis: kinds.axes }, { axis: 0 });
  }

  override call(w: tf.Tensor): tf.Tensor {
    return tf.div(w, tf.add(norms(w, this.axis), epsilon));
  }
}

/**
 * Scales weight vectors to length 1; `"unit_norm"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.constraints.UnitNorm()(tf.tensor2d([[3], [4]])) // [[0.6], [0.8]]
 * ```
 */
export const UnitNorm = callable(UnitNormConstraint);
export type UnitNorm = UnitNormConstraint;

/** Options of {@link MinMaxNorm}. */
export interface MinMaxNormOptions {
  /** The smallest norm. Default 0. */
  readonly minValue?: number;
  /** The largest norm. Default 1. */
  readonly maxValue?: number;
  /** How far toward the bounds each update goes, from 0 to 1. Default 1. */
  readonly rate?: number;
  /** The axes of a norm. Default 0. */
  readonly axis?: number | number[];
}

class MinMaxNormConstraint extends Constraint {
  static override readonly className = "MinMaxNorm";
  declare readonly minValue: number;
  declare readonly maxValue: number;
  declare readonly rate: number;
  declare readonly axis: number | number[];

  constructor(options: MinMaxNormOptions = {}) {
    super();
    this.configure(
      options,
      { minValue: norm, maxValue: norm, rate: kinds.share, axis: kinds.axes },
      { minValue: 0, maxValue: 1, rate: 1, axis: 0 },
    );
    if (this.minValue > this.maxValue) {
      throw new RangeError(
        `MinMaxNorm() expected minValue to be at most maxValue, ${this.maxValue}, but found ${this.minValue}.`,
      );
    }
  }

  override call(w: tf.Tensor): tf.Tensor {
    const length = norms(w, this.axis);
    const bounded = tf.mul(this.rate, tf.clipByValue(length, this.minValue, this.maxValue));
    const desired = tf.add(bounded, tf.mul(1 - this.rate, length));
    return tf.mul(w, tf.div(desired, tf.add(length, epsilon)));
  }
}

/**
 * Keeps the norms of weight vectors between two bounds; `"min_max_norm"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.constraints.MinMaxNorm({ minValue: 10, maxValue: 20 })(tf.tensor2d([[3], [4]])) // [[6], [8]]
 * ```
 */
export const MinMaxNorm = callable(MinMaxNormConstraint);
export type MinMaxNorm = MinMaxNormConstraint;

const registry = new Registry(
  "constraint",
  'a constraint: a name such as "max_norm", a keras.constraints object or a function',
  Constraint,
  { max_norm: MaxNorm, non_neg: NonNeg, unit_norm: UnitNorm, min_max_norm: MinMaxNorm },
);

/** The names that `kernelConstraint:` and similar options accept. */
export type ConstraintName = Spelling<NamesOf<typeof registry>>;

/** What a constraint option accepts: a name, a constraint, a function of a weight, or null for none. */
export type ConstraintIdentifier = ConstraintName | Constraint | ((w: tf.Tensor) => tf.Tensor) | Serialized | null;

/**
 * The constraint for `identifier`, or null. Throws on an unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.constraints.get("max_norm")?.getConfig() // { maxValue: 2, axis: 0 }
 * ```
 */
export function get(identifier?: ConstraintIdentifier): Constraint | null {
  return identifier === null || identifier === undefined ? null : registry.get(identifier);
}
