import * as kinds from "../options/kinds";
import { RandomState } from "../random";
import { type LabeledTexts, type ShuffleOptions, shuffleKinds } from "./data_file";

/** Which words of a text are kept and how they are numbered, as in Keras's text data sets. */
export interface SequenceOptions extends ShuffleOptions {
  /** Keeps the words numbered below this: about that many of the most frequent. Default all but the rarest. */
  readonly numWords?: number | null;
  /** Leaves out this many of the most frequent words. Default 0. */
  readonly skipTop?: number;
  /** Leaves out texts of this length or longer. Default none. */
  readonly maxlen?: number | null;
  /** The first item of each text; null for none. Default 1. */
  readonly startChar?: number | null;
  /** What replaces a word that is left out; null drops it. Default 2. */
  readonly oovChar?: number | null;
  /** Added to each word's number, to make room for padding (0), start and left-out words. Default 3. */
  readonly indexFrom?: number;
}

// An Int32Array holds the words.
const word = (min: number) => kinds.number({ min, max: 2 ** 31 - 1, whole: true });

/** What each of {@link SequenceOptions} may be. */
export const sequenceKinds: kinds.KindsOf<SequenceOptions> = {
  numWords: kinds.orNull(word(1)),
  skipTop: word(0),
  maxlen: kinds.orNull(word(1)),
  startChar: kinds.orNull(word(0)),
  oovChar: kinds.orNull(word(0)),
  indexFrom: word(0),
  ...shuffleKinds,
};

/**
 * Shuffles texts as NumPy does, numbers their words and leaves out what the options say, as Keras does: `indexFrom` is added
 * first, lengths count the start, and without `numWords` the highest number of all is the limit, which leaves that one word out.
 *
 * @param sets all of them share one limit and one generator
 * @returns for each set its texts, as views of one buffer with four bytes a word, and its labels
 */
export function prepareTexts(
  sets: readonly LabeledTexts[],
  options: SequenceOptions,
): { texts: Int32Array[]; labels: number[] }[] {
  const { skipTop = 0, maxlen, startChar = 1, oovChar = 2, indexFrom = 3, seed = 113 } = options;
  const extra = startChar === null ? 0 : 1;
  const random = RandomState(seed);
  const kept = sets.map(({ texts, labels }) => {
    const order = [...random.permutation(texts.length)];
    const rows = maxlen ? order.filter((row) => texts[row]!.length + extra < maxlen) : order;
    return { texts: rows.map((row) => texts[row]!), labels: rows.map((row) => labels[row]!) };
  });
  if (kept.some(({ texts }) => texts.length === 0)) {
    throw new RangeError(`No text is shorter than maxlen ${maxlen}. Increase maxlen.`);
  }
  let limit = options.numWords ?? 0;
  if (limit === 0) {
    limit = startChar ?? 0;
    for (const { texts } of kept) {
      for (const text of texts) for (let i = 0; i < text.length; i++) limit = Math.max(limit, text[i]! + indexFrom);
    }
  }
  return kept.map(({ texts, labels }) => {
    const buffer = new Int32Array(texts.reduce((total, text) => total + text.length + extra, 0));
    let end = 0;
    const add = (word: number) => {
      if (word >= skipTop && word < limit) buffer[end++] = word;
      else if (oovChar !== null) buffer[end++] = oovChar;
    };
    const views = texts.map((text) => {
      const start = end;
      if (startChar !== null) add(startChar);
      for (let i = 0; i < text.length; i++) add(text[i]! + indexFrom);
      return buffer.subarray(start, end);
    });
    return { texts: views, labels };
  });
}
