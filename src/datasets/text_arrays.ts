import { arrayOf, type NpzArrays } from "../files/npz";
import type { LabelledTexts } from "./sequences";

/**
 * Texts and labels of an archive.
 *
 * @throws Error if they are not there, or are no lists of whole numbers
 */
export function labelledTexts(arrays: NpzArrays, texts: string, labels: string, path: string): LabelledTexts {
  const lists = arrayOf(arrays, texts, path).values;
  const numbers = arrayOf(arrays, labels, path).values;
  if (
    !Array.isArray(lists) ||
    !lists.every(Array.isArray) ||
    !ArrayBuffer.isView(numbers) ||
    lists.length !== numbers.length
  ) {
    throw new Error(
      `Expected lists of words "${texts}" and as many labels "${labels}" in ${path} but found other arrays.`,
    );
  }
  return { texts: lists as number[][], labels: numbers };
}
