import * as tf from "@tensorflow/tfjs-core";
import { callable } from "../callable";
import { normalize } from "../losses/shapes";
import * as kinds from "../options/kinds";
import { checkTable } from "../options/options";
import { ConfigurableFunction } from "../saving/configurable";
import { type NamesOf, Registry } from "../saving/registry";
import type { Serialized } from "../saving/serialization";

/** A regularizer's instances are functions; a class cannot declare that itself. */
export interface Regularizer {
  (x: tf.Tensor): tf.Tensor;
  (x: tf.Tensor, ...none: never[]): tf.Tensor;
}

/**
 * Base of the regularizers: a penalty that is added to the loss. Subclass it and write `call`; a plain function
 * `(x) => scalar` is also a regularizer.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * class Biggest extends keras.regularizers.Regularizer {
 *   call(x: tf.Tensor) { return x.abs().max(); }
 * }
 * new Biggest()(tf.tensor([1, -3])) // 3
 * ```
 * @see https://keras.io/api/layers/regularizers/
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export abstract class Regularizer extends ConfigurableFunction {
  static override readonly className: string = "Regularizer";

  /** The penalty of a weight (or of an output), a scalar. */
  abstract call(x: tf.Tensor): tf.Tensor;

  override invoke(x: tf.Tensor): tf.Tensor {
    return this.call(x);
  }
}

const factor = kinds.number({ min: 0 });

class L1L2Regularizer extends Regularizer {
  static override readonly className: string = "L1L2";
  declare readonly l1: number;
  declare readonly l2: number;

  constructor(options: { readonly l1?: number; readonly l2?: number } = {}) {
    super();
    this.configure(options, { l1: factor, l2: factor }, { l1: 0, l2: 0 });
  }

  override call(x: tf.Tensor): tf.Tensor {
    const absolute = this.l1 === 0 ? undefined : tf.mul(this.l1, tf.sum(tf.abs(x)));
    const square = this.l2 === 0 ? undefined : tf.mul(this.l2, tf.sum(tf.square(x)));
    if (absolute !== undefined && square !== undefined) return tf.add(absolute, square);
    return absolute ?? square ?? tf.scalar(0);
  }
}

/**
 * `l1 · sum(|x|) + l2 · sum(x²)`; both factors 0 by default.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.regularizers.L1L2({ l1: 0.1, l2: 0.01 })(tf.tensor([1, -2])) // 0.35
 * ```
 */
export const L1L2 = callable(L1L2Regularizer);
export type L1L2 = L1L2Regularizer;

/** A class with one of the two factors. */
function onlyFactor<Name extends "l1" | "l2">(
  name: Name,
  className: string,
): new (
  factor?: number | { readonly [option in Name]?: number },
) => L1L2Regularizer {
  return class extends L1L2Regularizer {
    static override readonly className = className;

    constructor(given: number | { readonly [option in Name]?: number } = 0.01) {
      const options = typeof given === "object" ? given : { [name]: given };
      checkTable(`${className}()`, options, { [name]: factor });
      super({ [name]: (options as { readonly [option in Name]?: number })[name] ?? 0.01 });
    }

    override getConfig(): { [option: string]: unknown } {
      return { [name]: this[name] };
    }
  };
}

/**
 * `l1 · sum(|x|)`, factor 0.01 by default; `L1(0.02)`, `l1({ l1: 0.02 })` or `"l1"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.regularizers.L1(0.1)(tf.tensor([1, -2])) // 0.3
 * ```
 */
export const L1 = callable(onlyFactor("l1", "L1"));
export type L1 = L1L2Regularizer;

/**
 * `l2 · sum(x²)`, factor 0.01 by default; `L2(0.002)`, `l2({ l2: 0.002 })` or `"l2"`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.regularizers.L2(0.1)(tf.tensor([1, -2])) // 0.5
 * ```
 */
export const L2 = callable(onlyFactor("l2", "L2"));
export type L2 = L1L2Regularizer;

/** Options of {@link OrthogonalRegularizer}. */
export interface OrthogonalRegularizerOptions {
  /** Factor of the penalty. Default 0.01. */
  readonly factor?: number;
  /** Which vectors of the matrix should be orthogonal. Default `"rows"`. */
  readonly mode?: "rows" | "columns";
}

class OrthogonalRegularizerClass extends Regularizer {
  static override readonly className = "OrthogonalRegularizer";
  declare readonly factor: number;
  declare readonly mode: "rows" | "columns";

  constructor(options: OrthogonalRegularizerOptions = {}) {
    super();
    this.configure(options, { factor, mode: kinds.oneOf("rows", "columns") }, { factor: 0.01, mode: "rows" });
  }

  override call(x: tf.Tensor): tf.Tensor {
    if (x.rank !== 2) throw new Error(`OrthogonalRegularizer expected a matrix but found shape [${x.shape}].`);
    const rows = this.mode === "rows";
    const unit = normalize(x, rows ? 1 : 0) as tf.Tensor2D;
    const products = tf.matMul(unit, unit, !rows, rows);
    const size = products.shape[0];
    const offDiagonal = tf.mul(products, tf.sub(1, tf.eye(size)));
    return tf.mul(tf.sum(tf.abs(offDiagonal)), this.factor / (size * (size - 1)));
  }
}

/**
 * Penalizes rows (or columns) of a matrix that are not orthogonal: the mean |cosine| between them, times `factor`.
 *
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 * keras.regularizers.OrthogonalRegularizer()(tf.tensor2d([[1, 0], [0, 1]])) // 0
 * ```
 */
export const OrthogonalRegularizer = callable(OrthogonalRegularizerClass);
export type OrthogonalRegularizer = OrthogonalRegularizerClass;

export { L1 as l1, L1L2 as l1l2, L2 as l2 };

const registry = new Registry(
  "regularizer",
  'a regularizer: a name such as "l2", a keras.regularizers object or a function',
  Regularizer,
  { l1: L1, l2: L2, l1_l2: L1L2, orthogonal_regularizer: OrthogonalRegularizer },
);

/** The names that `kernelRegularizer:` and similar options accept. */
export type RegularizerName = NamesOf<typeof registry> | "L1" | "L2" | "L1L2" | "l1l2" | "OrthogonalRegularizer";

/** What a regularizer option accepts: a name, a regularizer, a function of a tensor, or null for none. */
export type RegularizerIdentifier = RegularizerName | Regularizer | ((x: tf.Tensor) => tf.Tensor) | Serialized | null;

/**
 * The regularizer for `identifier`, or null. Throws on an unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.regularizers.get("l2")?.getConfig() // { l2: 0.01 }
 * ```
 */
export function get(identifier?: RegularizerIdentifier): Regularizer | null {
  return identifier === null || identifier === undefined ? null : registry.get(identifier);
}
