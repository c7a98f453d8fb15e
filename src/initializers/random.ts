import * as tf from "@tensorflow/tfjs-core";
import { nextSeed, uniform } from "../backend/seed";
import { sizeFromShape } from "../backend/shapes";
import { callable } from "../callable";
import type { KindsOf } from "../options/kinds";
import * as kinds from "../options/kinds";
import { Initializer } from "./initializer";

/** Options of every random initializer. */
export interface SeedOptions {
  /** The same seed gives the same values at every call. Default: from `keras.utils.setRandomSeed`. */
  readonly seed?: number | null;
}

/** Draws from the standard normal distribution (Marsaglia's polar method). */
function normals(seed: number): () => number {
  const draw = uniform(seed);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const [x, y] = [2 * draw() - 1, 2 * draw() - 1];
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = factor * y;
      return factor * x;
    }
  };
}

function filled(shape: readonly number[], next: () => number): tf.Tensor {
  const values = new Float32Array(sizeFromShape(shape));
  for (let i = 0; i < values.length; i++) values[i] = next();
  return tf.tensor(values, [...shape]);
}

/** Base of the random initializers. As in Keras, each gives the same values at every call. */
export abstract class RandomInitializer extends Initializer {
  declare readonly seed: number | null;
  #effective = 0;

  protected override configure<O extends SeedOptions>(options: O, kinds: KindsOf<O>, defaults: Partial<O>): void {
    super.configure(options, kinds, defaults);
    this.#effective = this.seed ?? nextSeed();
  }

  protected uniform(shape: readonly number[], low: number, high: number): tf.Tensor {
    const draw = uniform(this.#effective);
    return filled(shape, () => low + (high - low) * draw());
  }

  protected normal(shape: readonly number[], mean: number, stddev: number): tf.Tensor {
    const draw = normals(this.#effective);
    return filled(shape, () => mean + stddev * draw());
  }

  /** Normal values; those beyond two standard deviations are drawn again. */
  protected truncatedNormal(shape: readonly number[], mean: number, stddev: number): tf.Tensor {
    const draw = normals(this.#effective);
    return filled(shape, () => {
      let value = draw();
      while (Math.abs(value) > 2) value = draw();
      return mean + stddev * value;
    });
  }
}

/** Options of {@link RandomNormal} and {@link TruncatedNormal}. */
export interface NormalOptions extends SeedOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation. Default 0.05. */
  readonly stddev?: number;
}

export class RandomNormalInitializer extends RandomInitializer {
  static override readonly className: string = "RandomNormal";
  declare readonly mean: number;
  declare readonly stddev: number;

  constructor(options: NormalOptions = {}) {
    super();
    this.configure(
      options,
      { mean: kinds.number(), stddev: kinds.number({ min: 0 }), seed: kinds.seed },
      { mean: 0, stddev: 0.05, seed: null },
    );
  }

  override call(shape: readonly number[]): tf.Tensor {
    return this.normal(shape, this.mean, this.stddev);
  }
}

/**
 * Normal distribution; `"random_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.RandomNormal({ stddev: 0.1, seed: 1 })([3]).shape // [3]
 * ```
 */
export const RandomNormal = callable(RandomNormalInitializer);
export type RandomNormal = RandomNormalInitializer;

export class TruncatedNormalInitializer extends RandomNormalInitializer {
  static override readonly className: string = "TruncatedNormal";

  override call(shape: readonly number[]): tf.Tensor {
    return this.truncatedNormal(shape, this.mean, this.stddev);
  }
}

/**
 * Normal distribution; values beyond two standard deviations are drawn again; `"truncated_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.TruncatedNormal({ stddev: 0.1 })([1000]).abs().max() // at most 0.2
 * ```
 */
export const TruncatedNormal = callable(TruncatedNormalInitializer);
export type TruncatedNormal = TruncatedNormalInitializer;

/** Options of {@link RandomUniform}. */
export interface UniformOptions extends SeedOptions {
  /** Default -0.05. */
  readonly minval?: number;
  /** Default 0.05. */
  readonly maxval?: number;
}

export class RandomUniformInitializer extends RandomInitializer {
  static override readonly className = "RandomUniform";
  declare readonly minval: number;
  declare readonly maxval: number;

  constructor(options: UniformOptions = {}) {
    super();
    this.configure(
      options,
      { minval: kinds.number(), maxval: kinds.number(), seed: kinds.seed },
      { minval: -0.05, maxval: 0.05, seed: null },
    );
  }

  override call(shape: readonly number[]): tf.Tensor {
    return this.uniform(shape, this.minval, this.maxval);
  }
}

/**
 * Uniform distribution; `"random_uniform"`, the default of embeddings.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.RandomUniform({ minval: 0, maxval: 1 })([1000]).max() // below 1
 * ```
 */
export const RandomUniform = callable(RandomUniformInitializer);
export type RandomUniform = RandomUniformInitializer;

/** Options of {@link Orthogonal}. */
export interface OrthogonalOptions extends SeedOptions {
  /** Factor of the matrix. Default 1. */
  readonly gain?: number;
}

export class OrthogonalInitializer extends RandomInitializer {
  static override readonly className = "Orthogonal";
  declare readonly gain: number;

  constructor(options: OrthogonalOptions = {}) {
    super();
    this.configure(options, { gain: kinds.number(), seed: kinds.seed }, { gain: 1, seed: null });
  }

  override call(shape: readonly number[]): tf.Tensor {
    if (shape.length < 2) {
      throw new Error(
        `The Orthogonal initializer expected a weight of 2 dimensions or more but found shape [${shape}].`,
      );
    }
    const columns = shape.at(-1)!;
    const rows = sizeFromShape(shape.slice(0, -1));
    const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
    const normals = this.normal([short, long], 0, 1);
    // The Gram-Schmidt rows are orthonormal, and uniformly distributed because the normal draw is rotation invariant.
    const basis = tf.linalg.gramSchmidt(normals as tf.Tensor2D) as tf.Tensor2D;
    const matrix = rows < columns ? basis : tf.transpose(basis);
    return tf.mul(tf.reshape(matrix, [...shape]), this.gain);
  }
}

/**
 * A random orthogonal matrix; `"orthogonal"`, the default of recurrent kernels (Saxe et al., 2014).
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * const q = keras.initializers.Orthogonal()([3, 3]);
 * tf.matMul(q as tf.Tensor2D, q as tf.Tensor2D, true) // the identity matrix
 * ```
 */
export const Orthogonal = callable(OrthogonalInitializer);
export type Orthogonal = OrthogonalInitializer;
