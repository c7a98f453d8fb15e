import { readFile } from "node:fs/promises";
import { checkFileName } from "../files/cached_file";
import { originFile } from "./origin";

/** The numbers of the words of a data set. */
export type WordIndex = { [word: string]: number };

/**
 * Reads the numbers of words from one of Keras's files.
 *
 * @param where the function that wants it, for errors
 * @throws Error if it cannot be had, or is not a JSON object of numbers
 */
export async function readWordIndex(
  where: string,
  name: string,
  originName: string,
  fileHash: string,
): Promise<WordIndex> {
  checkFileName(where, name);
  const path = await originFile(name, originName, fileHash);
  try {
    const index: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof index !== "object" || index === null || Array.isArray(index)) throw new Error("it is no JSON object");
    const odd = Object.entries(index).find(([, number]) => !Number.isInteger(number));
    if (odd !== undefined) throw new Error(`the word "${odd[0]}" has no whole number`);
    return index as WordIndex;
  } catch (error) {
    throw new Error(`Could not read ${path}: ${(error as Error).message}.`, { cause: error });
  }
}
