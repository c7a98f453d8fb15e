import { describe } from "../utils/options";

/** When something is saved: after each epoch, or every so many batches. */
export type SaveFrequency = "epoch" | number;

/** Checks a `saveFreq`. */
export function checkFrequency(who: string, frequency: SaveFrequency): SaveFrequency {
  if (frequency === "epoch" || (Number.isInteger(frequency) && frequency > 0)) return frequency;
  throw new RangeError(
    `${who} expected saveFreq to be "epoch" or a number of batches, but found ${describe(frequency)}.`,
  );
}

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
