import { randomBytes } from "node:crypto";
import { sizeFromShape } from "../backend/shapes";
import { callable } from "../callable";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";
import { MT19937 } from "./mt19937";

/** What can be shuffled in place: an array or a typed array. */
export type Shufflable = unknown[] | Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;

/** What a seed may be. */
export const seedKind = kinds.number({ min: 0, max: 0xffffffff, whole: true });

const checkSeed = (seed: number): number => checked("RandomState()", "seed", seed, seedKind);

/** An array that can be shuffled in place. */
const shufflable: kinds.Kind = {
  expected: "an array or a typed array",
  accepts: (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)),
};

const checkedShape = (where: string, shape: readonly number[]) =>
  shape.map((size) => checked(where, "each size", size, kinds.index));

export class NumpyRandomState {
  static readonly className = "RandomState";
  #bits: MT19937;
  #spareNormal: number | undefined;

  /** @param seed an integer from 0 to 2³² - 1; default: a random one from the operating system */
  constructor(seed?: number | null) {
    this.#bits = new MT19937(seed === undefined || seed === null ? randomBytes(4).readUInt32LE() : checkSeed(seed));
  }

  /** Starts again from `seed`. */
  seed(seed: number): void {
    this.#bits = new MT19937(checkSeed(seed));
    this.#spareNormal = undefined;
  }

  /** One float in [0, 1); or, for a shape, all of its values in C order. */
  rand(): number;
  rand(...shape: [number, ...number[]]): Float64Array;
  rand(...shape: number[]): number | Float64Array {
    return this.#draw(checkedShape("rand()", shape), () => this.#bits.double());
  }

  /** One draw from the standard normal distribution; or, for a shape, all of its values in C order. */
  randn(): number;
  randn(...shape: [number, ...number[]]): Float64Array;
  randn(...shape: number[]): number | Float64Array {
    return this.#draw(checkedShape("randn()", shape), () => this.#normal());
  }

  /**
   * Draws from the normal distribution with mean `loc` and standard deviation `scale`.
   *
   * @param size the number of values. Default: one number, not in an array
   */
  normal(loc?: number, scale?: number): number;
  normal(loc: number, scale: number, size: number): Float64Array;
  normal(loc = 0, scale = 1, size?: number): number | Float64Array {
    checked("normal()", "loc", loc, kinds.number());
    checked("normal()", "scale", scale, kinds.number({ min: 0 }));
    return this.#draw(checkedShape("normal()", size === undefined ? [] : [size]), () => loc + scale * this.#normal());
  }

  /**
   * Draws from the half-open interval [low, high).
   *
   * @param size the number of values. Default: one number, not in an array
   */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: number): Float64Array;
  uniform(low = 0, high = 1, size?: number): number | Float64Array {
    checked("uniform()", "low", low, kinds.number());
    checked("uniform()", "high", high, kinds.number());
    const shape = checkedShape("uniform()", size === undefined ? [] : [size]);
    return this.#draw(shape, () => low + (high - low) * this.#bits.double());
  }

  /**
   * Integers from `low` to `high - 1`, each with the same probability. With one argument, from 0 to that argument - 1.
   *
   * @param size the number of values. Default: one number, not in an array
   * @throws RangeError if the range is empty or wider than 2³²
   */
  randint(low: number, high?: number | null): number;
  randint(low: number, high: number | null, size: number): Int32Array;
  randint(low: number, high?: number | null, size?: number): number | Int32Array {
    checked("randint()", "low", low, kinds.whole);
    if (size !== undefined) checkedShape("randint()", [size]);
    const [from, to] = high === undefined || high === null ? [0, low] : [low, high];
    const span = to - from - 1;
    if (!Number.isInteger(span) || span < 0 || span > 0xffffffff) {
      throw new RangeError(`randint() expected integers low < high at most 2**32 apart but found ${from} and ${to}.`);
    }
    const draw = () => from + this.#bits.interval(span);
    return size === undefined ? draw() : Int32Array.from({ length: size }, draw);
  }

  /** Shuffles `items` in place. */
  shuffle(items: Shufflable): void {
    checked("shuffle()", "items", items, shufflable);
    const values = items as unknown[];
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.#bits.interval(i);
      [values[i], values[j]] = [values[j], values[i]];
    }
  }

  /** The integers below a number in random order, or a shuffled copy of an array. */
  permutation(n: number): Int32Array;
  permutation<T extends Shufflable>(items: T): T;
  permutation(items: number | Shufflable): Int32Array | Shufflable {
    checked("permutation()", "the items", items, kinds.either(kinds.index, shufflable));
    const copy = typeof items === "number" ? Int32Array.from({ length: items }, (_, i) => i) : items.slice();
    this.shuffle(copy);
    return copy;
  }

  /**
   * A sample from the integers below `n`.
   *
   * @param size the number of integers
   * @param replace whether an integer may be drawn more than once. Default true
   * @throws RangeError if `size` is greater than `n`, without replacement
   */
  choice(n: number, size: number, replace = true): Int32Array {
    checked("choice()", "n", n, kinds.count);
    checked("choice()", "size", size, kinds.index);
    checked("choice()", "replace", replace, kinds.boolean);
    if (replace) return this.randint(0, n, size);
    if (size > n) throw new RangeError(`choice() without replacement expected size <= ${n} but found ${size}.`);
    return this.permutation(n).slice(0, size);
  }

  #draw(shape: readonly number[], next: () => number): number | Float64Array {
    return shape.length === 0 ? next() : Float64Array.from({ length: sizeFromShape(shape) }, next);
  }

  // Marsaglia's polar method computes two at a time; NumPy keeps the first for the next call.
  #normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    let x: number;
    let y: number;
    let square: number;
    do {
      x = 2 * this.#bits.double() - 1;
      y = 2 * this.#bits.double() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    this.#spareNormal = factor * x;
    return factor * y;
  }
}

/**
 * NumPy's `np.random.RandomState`: the same numbers from the same seed, bit for bit, so that shuffles and splits give
 * the rows that a Python tutorial shows.
 *
 * @param seed an integer from 0 to 2³² - 1. Default: different each time
 * @example
 * ```ts
 * import { RandomState } from "tskeras";
 *
 * RandomState(42).permutation(5) // Int32Array(5) [ 1, 4, 2, 0, 3 ]
 * ```
 * @see https://numpy.org/doc/stable/reference/random/legacy.html
 */
export const RandomState = callable(NumpyRandomState);
export type RandomState = NumpyRandomState;
