import { readFile } from "node:fs/promises";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { type DirectoryOptions, directoryKinds, FileDataset } from "./file_dataset";

/** What {@link textDatasetFromDirectory} takes. */
export interface TextDatasetOptions extends DirectoryOptions {
  /** The number of characters after which a text is cut off. Default none. */
  readonly maxLength?: number;
}

const optionKinds: kinds.KindsOf<TextDatasetOptions> = { ...directoryKinds, maxLength: kinds.count };

/**
 * Reads `.txt` files batch by batch; each folder of the directory is a class.
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
 * @see https://keras.io/api/data_loading/text
 */
export function textDatasetFromDirectory(directory: string, options: TextDatasetOptions = {}): FileDataset<string[]> {
  const where = "textDatasetFromDirectory()";
  checkOptions(where, options, optionKinds);
  return new FileDataset(where, directory, [".txt"], options, (paths) =>
    Promise.all(paths.map(async (path) => (await readFile(path, "utf8")).slice(0, options.maxLength))),
  );
}
