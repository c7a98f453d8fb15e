import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";

/**
 * Turns lists of word numbers into rows with a one in the column of each word that occurs: the multi-hot encoding of the
 * tutorials on IMDB and Reuters.
 *
 * @param sequences lists of word numbers from 0 on
 * @param dimension the number of columns. Default 10000
 * @returns float32 [sequences.length, dimension]. Each value takes one byte until it is used
 * @throws RangeError for a word without a column
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * keras.utils.vectorizeSequences([[0, 2], [1, 1]], 4).arraySync() // [ [ 1, 0, 1, 0 ], [ 0, 1, 0, 0 ] ]
 * ```
 */
export function vectorizeSequences(sequences: readonly ArrayLike<number>[], dimension = 10000): tf.Tensor2D {
  checked("vectorizeSequences()", "sequences", sequences, kinds.list);
  checked("vectorizeSequences()", "dimension", dimension, kinds.count);
  const encoded = new Uint8Array(sequences.length * dimension);
  sequences.forEach((sequence, row) => {
    for (let i = 0; i < sequence.length; i++) {
      const word = sequence[i]!;
      if (!(Number.isInteger(word) && word >= 0 && word < dimension)) {
        throw new RangeError(
          `vectorizeSequences() expected word numbers from 0 to ${dimension - 1} but found ${word} in sequence ${row}. ` +
            `Load the data with numWords: ${dimension}, or ask for more columns.`,
        );
      }
      encoded[row * dimension + word] = 1;
    }
  });
  return storedTensor(encoded, [sequences.length, dimension], "float32");
}
