import * as kinds from "../options/kinds";
import type { CallbackHooks } from "./callback";
import type { Logs } from "./logs";

/** When something is saved: after each epoch, or every so many batches. */
export type SaveFrequency = "epoch" | number;

/** What a `saveFreq` may be. */
export const saveFrequency: kinds.Kind = {
  ...kinds.either(kinds.oneOf("epoch"), kinds.count),
  expected: '"epoch", or a number of batches',
};

/** Has `callback` save every so many batches, counted across epochs. */
export function saveByBatches(
  callback: CallbackHooks,
  frequency: SaveFrequency,
  save: (batch: number, logs: Logs) => Promise<void>,
): void {
  if (frequency === "epoch") return;
  let since = 0;
  // Added only here, because a callback with this method makes every batch run on its own.
  callback.onTrainBatchEnd = async (batch, logs = {}) => {
    since++;
    if (since < frequency) return;
    since = 0;
    await save(batch, logs);
  };
}
