import type * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { RandomInitializer, type SeedOptions } from "./random";

const modes = ["fan_in", "fan_out", "fan_avg"] as const;
const distributions = ["truncated_normal", "untruncated_normal", "uniform"] as const;

// The standard deviation of a standard normal cut off at ±2.
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

/** How many inputs and outputs one unit has: for `[..., in, out]` both times the size of the convolution's window. */
export function computeFans(shape: readonly number[]): [fanIn: number, fanOut: number] {
  const [last = 1, before = last] = [shape.at(-1), shape.at(-2)];
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return [before * field, last * field];
}

export class VarianceScalingInitializer extends RandomInitializer {
  static override readonly className: string = "VarianceScaling";
  readonly scale: number;
  readonly mode: (typeof modes)[number];
  readonly distribution: (typeof distributions)[number];

  constructor(options: VarianceScalingOptions = {}) {
    super("VarianceScaling()", options, {
      scale: kinds.number({ above: 0 }),
      mode: kinds.oneOf(...modes),
      distribution: kinds.oneOf(...distributions),
    });
    this.scale = options.scale ?? 1;
    this.mode = options.mode ?? "fan_in";
    this.distribution = options.distribution ?? "truncated_normal";
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

  override getConfig(): { [option: string]: unknown } {
    const { scale, mode, distribution } = this;
    return { scale, mode, distribution, ...super.getConfig() };
  }
}

/**
 * Values whose variance is `scale / fan`, so that signals keep their size from layer to layer.
 * https://keras.io/api/layers/initializers/#variancescaling-class
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.VarianceScaling({ scale: 2, mode: "fan_out" })([784, 100]).shape // [784, 100]
 * ```
 */
export const VarianceScaling = callable(VarianceScalingInitializer);
export type VarianceScaling = VarianceScalingInitializer;

/** The named cases of variance scaling have no option but the seed. */
abstract class NamedScaling extends VarianceScalingInitializer {
  override getConfig() {
    return { seed: this.seed };
  }
}

const seedOf = (options: SeedOptions) => (options.seed === undefined ? {} : { seed: options.seed });

export class GlorotUniformInitializer extends NamedScaling {
  static override readonly className = "GlorotUniform";

  constructor(options: SeedOptions = {}) {
    checkOptions("GlorotUniform()", options, { seed: kinds.seed });
    super({ scale: 1, mode: "fan_avg", distribution: "uniform", ...seedOf(options) });
  }
}

/**
 * `limit = sqrt(6 / (fanIn + fanOut))`, the default of kernels (Glorot and Bengio, 2010); `"glorot_uniform"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.GlorotUniform()([784, 100]).shape // [784, 100]
 * ```
 */
export const GlorotUniform = callable(GlorotUniformInitializer);
export type GlorotUniform = GlorotUniformInitializer;

export class GlorotNormalInitializer extends NamedScaling {
  static override readonly className = "GlorotNormal";

  constructor(options: SeedOptions = {}) {
    checkOptions("GlorotNormal()", options, { seed: kinds.seed });
    super({ scale: 1, mode: "fan_avg", distribution: "truncated_normal", ...seedOf(options) });
  }
}

/**
 * Variance `2 / (fanIn + fanOut)` (Glorot and Bengio, 2010); `"glorot_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.GlorotNormal()([784, 100]).shape // [784, 100]
 * ```
 */
export const GlorotNormal = callable(GlorotNormalInitializer);
export type GlorotNormal = GlorotNormalInitializer;

export class HeUniformInitializer extends NamedScaling {
  static override readonly className = "HeUniform";

  constructor(options: SeedOptions = {}) {
    checkOptions("HeUniform()", options, { seed: kinds.seed });
    super({ scale: 2, mode: "fan_in", distribution: "uniform", ...seedOf(options) });
  }
}

/**
 * `limit = sqrt(6 / fanIn)` (He et al., 2015); `"he_uniform"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.HeUniform()([784, 100]).shape // [784, 100]
 * ```
 */
export const HeUniform = callable(HeUniformInitializer);
export type HeUniform = HeUniformInitializer;

export class HeNormalInitializer extends NamedScaling {
  static override readonly className = "HeNormal";

  constructor(options: SeedOptions = {}) {
    checkOptions("HeNormal()", options, { seed: kinds.seed });
    super({ scale: 2, mode: "fan_in", distribution: "truncated_normal", ...seedOf(options) });
  }
}

/**
 * Variance `2 / fanIn`, for relu layers (He et al., 2015); `"he_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.HeNormal()([784, 100]).shape // [784, 100]
 * ```
 */
export const HeNormal = callable(HeNormalInitializer);
export type HeNormal = HeNormalInitializer;

export class LecunUniformInitializer extends NamedScaling {
  static override readonly className = "LecunUniform";

  constructor(options: SeedOptions = {}) {
    checkOptions("LecunUniform()", options, { seed: kinds.seed });
    super({ scale: 1, mode: "fan_in", distribution: "uniform", ...seedOf(options) });
  }
}

/**
 * `limit = sqrt(3 / fanIn)` (LeCun et al., 1998); `"lecun_uniform"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.LecunUniform()([784, 100]).shape // [784, 100]
 * ```
 */
export const LecunUniform = callable(LecunUniformInitializer);
export type LecunUniform = LecunUniformInitializer;

export class LecunNormalInitializer extends NamedScaling {
  static override readonly className = "LecunNormal";

  constructor(options: SeedOptions = {}) {
    checkOptions("LecunNormal()", options, { seed: kinds.seed });
    super({ scale: 1, mode: "fan_in", distribution: "truncated_normal", ...seedOf(options) });
  }
}

/**
 * Variance `1 / fanIn`, for selu layers (LeCun et al., 1998); `"lecun_normal"`.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.initializers.LecunNormal()([784, 100]).shape // [784, 100]
 * ```
 */
export const LecunNormal = callable(LecunNormalInitializer);
export type LecunNormal = LecunNormalInitializer;
