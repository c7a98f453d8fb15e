import type * as tf from "@tensorflow/tfjs-core";
import { sizeFromShape } from "../backend/shapes";
import { type Callable, callable } from "../callable";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { RandomInitializer, type SeedOptions } from "./random";

const modes = ["fan_in", "fan_out", "fan_avg"] as const;
const distributions = ["truncated_normal", "untruncated_normal", "uniform"] as const;

// The standard deviation of the standard normal distribution cut off at ±2.
const TRUNCATED_STDDEV = 0.87962566103423978;

/** Options of {@link VarianceScaling}. */
export interface VarianceScalingOptions extends SeedOptions {
  /** Factor of the variance. Default 1. */
  readonly scale?: number;
  /** What divides the variance: inputs, outputs or their mean. Default `"fan_in"`. */
  readonly mode?: (typeof modes)[number];
  /** Default `"truncated_normal"`. */
  readonly distribution?: (typeof distributions)[number];
}

/** The inputs and outputs of one unit: for `[..., in, out]` both times the size of the convolution's window. */
export function computeFans(shape: readonly number[]): [fanIn: number, fanOut: number] {
  const [last = 1, before = last] = [shape.at(-1), shape.at(-2)];
  const field = sizeFromShape(shape.slice(0, -2));
  return [before * field, last * field];
}

export class VarianceScalingInitializer extends RandomInitializer {
  static override readonly className: string = "VarianceScaling";
  declare readonly scale: number;
  declare readonly mode: (typeof modes)[number];
  declare readonly distribution: (typeof distributions)[number];

  constructor(options: VarianceScalingOptions = {}) {
    super();
    this.configure<VarianceScalingOptions>(
      options,
      {
        scale: kinds.number({ above: 0 }),
        mode: kinds.oneOf(...modes),
        distribution: kinds.oneOf(...distributions),
        seed: kinds.seed,
      },
      { scale: 1, mode: "fan_in", distribution: "truncated_normal", seed: null },
    );
  }

  override call(shape: readonly number[]): tf.Tensor {
    const [fanIn, fanOut] = computeFans(shape);
    const fan = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[this.mode];
    const variance = this.scale / Math.max(1, fan);
    if (this.distribution === "uniform") {
      const limit = Math.sqrt(3 * variance);
      return this.uniform(shape, -limit, limit);
    }
    if (this.distribution === "untruncated_normal") return this.normal(shape, 0, Math.sqrt(variance));
    return this.truncatedNormal(shape, 0, Math.sqrt(variance) / TRUNCATED_STDDEV);
  }
}

/**
 * Values whose variance is `scale / fan`, so that signals keep their size from layer to layer.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.VarianceScaling({ scale: 2, mode: "fan_out" })([784, 100]).shape // [784, 100]
 * ```
 * @see https://keras.io/api/layers/initializers/#variancescaling-class
 */
export const VarianceScaling = callable(VarianceScalingInitializer);
export type VarianceScaling = VarianceScalingInitializer;

/** Base of the cases of variance scaling that have names of their own, and no option but the seed. */
export class NamedScalingInitializer extends VarianceScalingInitializer {
  static readonly scaling: VarianceScalingOptions = {};

  constructor(options: SeedOptions = {}) {
    checkOptions(`${new.target.className}()`, options, { seed: kinds.seed });
    super({ ...new.target.scaling, seed: options.seed ?? null });
  }

  override getConfig() {
    return { seed: this.seed };
  }
}

const named = (
  name: string,
  scale: number,
  mode: (typeof modes)[number],
  distribution: (typeof distributions)[number],
): Callable<typeof NamedScalingInitializer> =>
  callable(
    class extends NamedScalingInitializer {
      static override readonly className = name;
      static override readonly scaling = { scale, mode, distribution };
    },
  );

/**
 * `limit = sqrt(6 / (fanIn + fanOut))`, the default of kernels (Glorot and Bengio, 2010); `"glorot_uniform"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.GlorotUniform()([784, 100]).shape // [784, 100]
 * ```
 */
export const GlorotUniform = named("GlorotUniform", 1, "fan_avg", "uniform");
export type GlorotUniform = NamedScalingInitializer;

/**
 * Variance `2 / (fanIn + fanOut)` (Glorot and Bengio, 2010); `"glorot_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.GlorotNormal()([784, 100]).shape // [784, 100]
 * ```
 */
export const GlorotNormal = named("GlorotNormal", 1, "fan_avg", "truncated_normal");
export type GlorotNormal = NamedScalingInitializer;

/**
 * `limit = sqrt(6 / fanIn)` (He et al., 2015); `"he_uniform"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.HeUniform()([784, 100]).shape // [784, 100]
 * ```
 */
export const HeUniform = named("HeUniform", 2, "fan_in", "uniform");
export type HeUniform = NamedScalingInitializer;

/**
 * Variance `2 / fanIn`, for relu layers (He et al., 2015); `"he_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.HeNormal()([784, 100]).shape // [784, 100]
 * ```
 */
export const HeNormal = named("HeNormal", 2, "fan_in", "truncated_normal");
export type HeNormal = NamedScalingInitializer;

/**
 * `limit = sqrt(3 / fanIn)` (LeCun et al., 1998); `"lecun_uniform"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.LecunUniform()([784, 100]).shape // [784, 100]
 * ```
 */
export const LecunUniform = named("LecunUniform", 1, "fan_in", "uniform");
export type LecunUniform = NamedScalingInitializer;

/**
 * Variance `1 / fanIn`, for selu layers (LeCun et al., 1998); `"lecun_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.LecunNormal()([784, 100]).shape // [784, 100]
 * ```
 */
export const LecunNormal = named("LecunNormal", 1, "fan_in", "truncated_normal");
export type LecunNormal = NamedScalingInitializer;
