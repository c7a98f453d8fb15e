import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { Initializer } from "./initializer";

export class ZerosInitializer extends Initializer {
  static override readonly className = "Zeros";

  override call(shape: readonly number[], dtype: tf.DataType = "float32"): tf.Tensor {
    return tf.zeros([...shape], dtype as "float32");
  }
}

/**
 * All zeros; `"zeros"`, the default of biases.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.Zeros()([2]) // [0, 0]
 * ```
 */
export const Zeros = callable(ZerosInitializer);
export type Zeros = ZerosInitializer;

export class OnesInitializer extends Initializer {
  static override readonly className = "Ones";

  override call(shape: readonly number[], dtype: tf.DataType = "float32"): tf.Tensor {
    return tf.ones([...shape], dtype as "float32");
  }
}

/**
 * All ones; `"ones"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.Ones()([2]) // [1, 1]
 * ```
 */
export const Ones = callable(OnesInitializer);
export type Ones = OnesInitializer;

/** Options of {@link Constant}. */
export interface ConstantOptions {
  /** The value of every element, or a tensor or nested array that broadcasts to the shape. Default 0. */
  readonly value?: tf.Tensor | tf.TensorLike;
}

export class ConstantInitializer extends Initializer {
  static override readonly className = "Constant";
  declare readonly value: tf.Tensor | tf.TensorLike;

  constructor(value: tf.Tensor | tf.TensorLike | ConstantOptions = 0) {
    super();
    const isOptions = typeof value === "object" && !kinds.tensorLike.accepts(value);
    const options = isOptions ? (value as ConstantOptions) : { value: value as tf.Tensor | tf.TensorLike };
    this.configure(options, { value: kinds.tensorLike }, { value: 0 });
  }

  override call(shape: readonly number[], dtype: tf.DataType = "float32"): tf.Tensor {
    return tf.broadcastTo(tf.cast(this.value, dtype), [...shape] as [number]);
  }

  override getConfig() {
    return { value: this.value instanceof tf.Tensor ? this.value.arraySync() : this.value };
  }
}

/**
 * One value everywhere; `keras.initializers.Constant(0.1)`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.Constant(3)([2]) // [3, 3]
 * ```
 */
export const Constant = callable(ConstantInitializer);
export type Constant = ConstantInitializer;

/** Options of {@link Identity}. */
export interface IdentityOptions {
  /** The value on the diagonal. Default 1. */
  readonly gain?: number;
}

export class IdentityInitializer extends Initializer {
  static override readonly className = "Identity";
  declare readonly gain: number;

  constructor(options: IdentityOptions = {}) {
    super();
    this.configure(options, { gain: kinds.number() }, { gain: 1 });
  }

  override call(shape: readonly number[]): tf.Tensor {
    const [rows, columns] = shape;
    if (shape.length !== 2 || rows === undefined || columns === undefined) {
      throw new Error(`The Identity initializer expected a matrix but found shape [${shape}].`);
    }
    return tf.mul(tf.eye(rows, columns), this.gain);
  }
}

/**
 * The identity matrix; only for 2-D weights.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.Identity()([2, 2]) // [[1, 0], [0, 1]]
 * ```
 */
export const Identity = callable(IdentityInitializer);
export type Identity = IdentityInitializer;
