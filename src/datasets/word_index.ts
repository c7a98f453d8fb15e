import { readFile } from "node:fs/promises";
import { type DataFile, dataFile } from "./data_file";

/** The numbers of the words of a data set. */
export type WordIndex = { [word: string]: number };

/** Reads the numbers of words from a file, called `name` in the cache; throws unless it is a JSON object of whole numbers. */
export async function readWordIndex(where: string, file: DataFile, name: string): Promise<WordIndex> {
  const path = await dataFile(where, file, name);
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
