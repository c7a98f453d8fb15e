import { checkOptions, numberOption } from "../options/options";

/** Which words of a text are kept and how they are numbered, as Keras's text data sets take it. */
export interface SequenceOptions {
  /** Keeps the words numbered below this: about that many of the most frequent. Default all but the rarest. */
  readonly numWords?: number | null;
  /** Leaves out this many of the most frequent words. Default 0. */
  readonly skipTop?: number;
  /** Leaves out texts of this length or longer. Default none. */
  readonly maxlen?: number | null;
  /** The seed of the shuffle. Default 113. */
  readonly seed?: number;
  /** What each text starts with; null for nothing. Default 1. */
  readonly startChar?: number | null;
  /** What stands for a word that is left out; null drops it. Default 2. */
  readonly oovChar?: number | null;
  /** What is added to each word's number, to make room for padding (0), start and left-out words. Default 3. */
  readonly indexFrom?: number;
  /** The file's name in Keras's cache. */
  readonly path?: string;
}

const optionNames = ["numWords", "skipTop", "maxlen", "seed", "startChar", "oovChar", "indexFrom", "path"];

const numberOptions = [
  ["numWords", 1, true],
  ["maxlen", 1, true],
  ["startChar", 0, true],
  ["oovChar", 0, true],
  ["skipTop", 0, false],
  ["indexFrom", 0, false],
] as const;

/**
 * Checks the options of a text data set.
 *
 * @throws TypeError for an unknown option, RangeError for a number that cannot be
 */
export function checkSequenceOptions(where: string, options: SequenceOptions, others: readonly string[] = []): void {
  checkOptions(where, options, [...optionNames, ...others]);
  // What may be null is None in Keras; an Int32Array holds the words.
  for (const [name, min, nullable] of numberOptions) {
    const value = options[name];
    if (value === undefined || (nullable && value === null)) continue;
    numberOption(where, name, value, { min, max: 2 ** 31 - 1, whole: true });
  }
}

/** Texts as numbers of words, and the label of each. */
export interface LabelledTexts {
  readonly texts: readonly ArrayLike<number>[];
  readonly labels: ArrayLike<number>;
}

/** Rows of an array in this order. */
export function inOrder({ texts, labels }: LabelledTexts, order: Int32Array): LabelledTexts {
  return {
    texts: Array.from(order, (row) => texts[row] as ArrayLike<number>),
    labels: order.map((row) => labels[row]!),
  };
}

/**
 * Numbers the words and leaves out what the options say, as Keras does: `indexFrom` is added first, lengths count the start,
 * and without `numWords` the highest number of all is the limit, which leaves that one word out.
 *
 * @param sets all of them share one limit
 * @returns for each set its texts, as views of one buffer with four bytes a word, and its labels
 */
export function prepareTexts(
  sets: readonly LabelledTexts[],
  options: SequenceOptions,
): { texts: Int32Array[]; labels: number[] }[] {
  const { skipTop = 0, maxlen, startChar = 1, oovChar = 2, indexFrom = 3 } = options;
  const extra = startChar === null ? 0 : 1;
  const kept = sets.map(({ texts, labels }) => {
    const rows = texts.flatMap((text, row) => (!maxlen || text.length + extra < maxlen ? [row] : []));
    return {
      texts: rows.map((row) => texts[row] as ArrayLike<number>),
      labels: rows.map((row) => labels[row]!),
    };
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
  const keep = (word: number) => word >= skipTop && word < limit;
  return kept.map(({ texts, labels }) => {
    const buffer = new Int32Array(texts.reduce((total, text) => total + text.length + extra, 0));
    let end = 0;
    const add = (word: number) => {
      if (keep(word)) buffer[end++] = word;
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
