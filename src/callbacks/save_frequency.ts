import * as kinds from "../options/kinds";

/** When something is saved: after each epoch, or every so many batches. */
export type SaveFrequency = "epoch" | number;

/** What a `saveFreq` may be. */
export const saveFrequency: kinds.Kind = {
  ...kinds.either(kinds.oneOf("epoch"), kinds.count),
  expected: '"epoch", or a number of batches',
};

/** Counts batches, across epochs, and says when as many have gone by as `saveFreq`. */
export class BatchCount {
  readonly #every: number;
  #since = 0;

  constructor(every: number) {
    this.#every = every;
  }

  /** Counts one more; whether it is due. */
  isDue(): boolean {
    this.#since++;
    if (this.#since < this.#every) return false;
    this.#since = 0;
    return true;
  }
}
