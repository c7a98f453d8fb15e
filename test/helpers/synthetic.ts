import { RandomState } from "../../src/random";

/** Pictures, one after the other, and the class of each. */
export type Pictures = { pixels: Uint8Array; labels: Uint8Array };

// The segments of a seven-segment display: top, upper left, upper right, middle, lower left, lower right, bottom.
const segments: readonly [row: number, column: number, height: number, width: number][] = [
  [0, 0, 2, 10],
  [0, 0, 9, 2],
  [0, 8, 9, 2],
  [8, 0, 2, 10],
  [8, 0, 10, 2],
  [8, 8, 10, 2],
  [16, 0, 2, 10],
];
const digits = ["012456", "25", "02346", "02356", "1235", "01356", "013456", "025", "0123456", "012356"];

/** Digits of a seven-segment display, 28 × 28, shifted and with noise. */
export function digitPictures(count: number, seed: number): Pictures {
  const random = RandomState(seed);
  const labels = Uint8Array.from(random.randint(0, 10, count));
  const pixels = new Uint8Array(count * 784);
  labels.forEach((digit, picture) => {
    const top = 3 + random.randint(0, 5);
    const left = 6 + random.randint(0, 6);
    for (const segment of digits[digit] as string) {
      const [row, column, height, width] = segments[Number(segment)] as (typeof segments)[number];
      for (let r = 0; r < height; r++) {
        const start = picture * 784 + (top + row + r) * 28 + left + column;
        for (let c = 0; c < width; c++) pixels[start + c] = 180 + random.randint(0, 76);
      }
    }
    for (let dot = 0; dot < 40; dot++) pixels[picture * 784 + random.randint(0, 784)] = random.randint(0, 256);
  });
  return { pixels, labels };
}

/** Pictures of 32 × 32 pixels, a plane for each of three colors, whose class sets how bright each plane and half is. */
export function colorPictures(count: number, classes: number, seed: number): Pictures {
  const random = RandomState(seed);
  const labels = Uint8Array.from({ length: count }, () => random.randint(0, classes));
  const pixels = new Uint8Array(count * 3072);
  for (let i = 0; i < pixels.length; i++) {
    const label = labels[Math.floor(i / 3072)] as number;
    const half = Math.floor((i % 1024) / 512);
    const plane = Math.floor(i / 1024) % 3;
    pixels[i] = 40 + ((label * 53 + plane * 71 + half * 97) % 150) + random.randint(0, 60);
  }
  return { pixels, labels };
}

/** Texts as numbers of words from 1 on, and the class of each. */
export type Texts = { lists: number[][]; labels: number[] };

/**
 * Texts whose words are mostly common ones, low numbers, and now and then one of twenty that only their class uses.
 *
 * @param weights how often each class occurs
 * @param lengths how many words a text has, the second number not included. Default 20 to 59
 */
export function classTexts(
  count: number,
  weights: readonly number[],
  words: number,
  seed: number,
  [shortest, longest]: readonly [shortest: number, longest: number] = [20, 60],
): Texts {
  const random = RandomState(seed);
  const upTo = weights.map((_, i) => weights.slice(0, i + 1).reduce((sum, weight) => sum + weight, 0));
  const labels = Array.from({ length: count }, () => {
    const drawn = random.uniform(0, upTo.at(-1));
    return upTo.findIndex((limit) => drawn < limit);
  });
  const lists = labels.map((label) => {
    const length = random.randint(shortest, longest);
    return Array.from({ length }, () => {
      if (random.rand() < 0.15) return 100 + label * 20 + random.randint(0, 20);
      return 1 + Math.floor(words ** random.rand() * 0.999);
    });
  });
  return { lists, labels };
}

/** The names of the words, the most frequent first: `{ the: 1, word2: 2, … }`. */
export function wordIndex(words: number): { [word: string]: number } {
  return Object.fromEntries(Array.from({ length: words }, (_, i) => [i === 0 ? "the" : `word${i + 1}`, i + 1]));
}

/** Districts of eight features and a price that follows from them. */
export function districts(count: number, seed: number): { x: Float32Array; y: Float32Array } {
  const random = RandomState(seed);
  const scales = [4, 28, 5, 1, 1400, 3, 35, -119];
  const x = new Float32Array(count * 8);
  const y = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < 8; i++) x[row * 8 + i] = (scales[i] as number) * (1 + 0.3 * random.randn());
    const [income, age] = [(x[row * 8] as number) / 4, (x[row * 8 + 1] as number) / 28];
    y[row] = 50000 + 120000 * income + 30000 * age * age + 8000 * random.randn();
  }
  return { x, y };
}
