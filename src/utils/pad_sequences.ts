import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import * as kinds from "../options/kinds";
import { checked, checkOptions, describe } from "../options/options";

/** How {@link padSequences} makes sequences equally long. */
export interface PadSequencesOptions {
  /** The length of the result. Default that of the longest sequence. */
  readonly maxlen?: number | null;
  /** The type of the result. Default `"int32"`. */
  readonly dtype?: "int32" | "float32";
  /** The end at which short sequences are padded. Default `"pre"`. */
  readonly padding?: "pre" | "post";
  /** The end at which long sequences are cut. Default `"pre"`. */
  readonly truncating?: "pre" | "post";
  /** The value to pad with. Default 0. */
  readonly value?: number;
}

const optionKinds: kinds.KindsOf<PadSequencesOptions> = {
  maxlen: kinds.orNull(kinds.index),
  dtype: kinds.oneOf("int32", "float32"),
  padding: kinds.oneOf("pre", "post"),
  truncating: kinds.oneOf("pre", "post"),
  value: kinds.number(),
};

/**
 * Makes sequences equally long.
 *
 * @param sequences lists of numbers
 * @returns [sequences.length, maxlen]
 * @throws TypeError for anything but a list of lists of numbers
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.utils.padSequences([[1], [2, 3], [4, 5, 6]], { maxlen: 2 }).arraySync() // [ [ 0, 1 ], [ 2, 3 ], [ 5, 6 ] ]
 * ```
 * @see https://keras.io/api/data_loading/timeseries/#pad_sequences-function
 */
export function padSequences(sequences: readonly ArrayLike<number>[], options: PadSequencesOptions = {}): tf.Tensor2D {
  checkOptions("padSequences()", options, optionKinds);
  checked("padSequences()", "sequences", sequences, kinds.list);
  const { dtype = "int32", value = 0 } = options;
  sequences.forEach((sequence, row) => {
    if (Array.isArray(sequence) ? sequence.every((item) => typeof item === "number") : ArrayBuffer.isView(sequence))
      return;
    throw new TypeError(`padSequences() expected lists of numbers but found ${describe(sequence)} at position ${row}.`);
  });
  const length = options.maxlen ?? sequences.reduce((longest, sequence) => Math.max(longest, sequence.length), 0);
  const padded = new { int32: Int32Array, float32: Float32Array }[dtype](sequences.length * length).fill(value);
  sequences.forEach((sequence, row) => {
    const kept = Math.min(sequence.length, length);
    const from = options.truncating === "post" ? 0 : sequence.length - kept;
    const to = row * length + (options.padding === "post" ? 0 : length - kept);
    for (let i = 0; i < kept; i++) padded[to + i] = sequence[from + i]!;
  });
  return storedTensor(padded, [sequences.length, length]);
}
