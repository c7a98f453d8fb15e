import { readFile } from "node:fs/promises";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { type DirectoryOptions, directoryKinds, FileDataset } from "./file_dataset";

/** What {@link textDatasetFromDirectory} takes. */
export interface TextDatasetOptions extends DirectoryOptions {
  /** The number of characters after which a text is cut off. Default none. */
  readonly maxLength?: number;
}

/**
 * Reads `.txt` files batch by batch; each folder of the directory is a class.
 *
 * Source: keras.io/api/data_loading/text
 *
 * @param directory its path
 * @returns batches `[texts, labels]`, the texts as an array of strings
 * @throws Error if there are no such files
 * @example
 * ```ts no-run
 * import { keras } from "tskeras";
 *
 * const dataset = keras.utils.textDatasetFromDirectory("reviews", { batchSize: 16, seed: 1 });
 * for await (const [texts, labels] of dataset) console.log(texts.length, labels?.shape);
 * ```
 */
export function textDatasetFromDirectory(directory: string, options: TextDatasetOptions = {}): FileDataset<string[]> {
  const where = "textDatasetFromDirectory()";
  checkOptions(where, options, { ...directoryKinds, maxLength: kinds.count });
  return new FileDataset(where, directory, [".txt"], options, (paths) =>
    Promise.all(paths.map(async (path) => (await readFile(path, "utf8")).slice(0, options.maxLength))),
  );
}
