import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { didYouMean } from "../options/options";

/** A file and the number of its class, if there are classes. */
export interface LabeledFile {
  readonly path: string;
  readonly label?: number;
}

/** The files of a directory. */
export interface DirectoryIndex {
  readonly files: LabeledFile[];
  /** Null without labels. */
  readonly classNames: string[] | null;
}

interface IndexOptions {
  readonly labels: "inferred" | null | readonly number[];
  readonly classNames: readonly string[] | undefined;
  /** The endings of the files to list, in lower case. */
  readonly formats: readonly string[];
  readonly followLinks: boolean;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new Error(`Could not read the directory ${folder}: ${(error as Error).message}`, { cause: error });
  }
}

const isFolder = (path: string) => statSync(path).isDirectory();

/** A folder and all below it. */
function foldersBelow(top: string, followLinks: boolean): string[] {
  const below = entriesOf(top).flatMap((entry) => {
    const path = join(top, entry.name);
    const follow = entry.isDirectory() || (followLinks && entry.isSymbolicLink() && isFolder(path));
    return follow ? foldersBelow(path, followLinks) : [];
  });
  return [top, ...below];
}

/** The files of a folder and all below it, in the order of the folders' paths, then of the names, as Keras lists them. */
function filesBelow(top: string, { formats, followLinks }: IndexOptions): string[] {
  const matches = (name: string) => formats.some((ending) => name.toLowerCase().endsWith(ending));
  return foldersBelow(top, followLinks)
    .sort()
    .flatMap((folder) => {
      const names = entriesOf(folder).map(({ name }) => name);
      return names
        .filter(matches)
        .sort()
        .map((name) => join(folder, name));
    });
}

function classFolders(directory: string, wanted: readonly string[] | undefined): string[] {
  const names = entriesOf(directory).map(({ name }) => name);
  const found = names.filter((name) => !name.startsWith(".") && isFolder(join(directory, name))).sort();
  for (const name of wanted ?? []) {
    if (found.includes(name)) continue;
    throw new RangeError(
      `Expected a folder "${name}" in ${directory}, as classNames has it, but found ${found.join(", ") || "none"}. ` +
        didYouMean(name, found),
    );
  }
  return [...(wanted ?? found)];
}

/**
 * Lists the files of a directory with their labels, in the order of Keras's `index_directory`, not shuffled.
 *
 * @throws Error if there are none, RangeError if labels or class names do not fit the files
 */
export function indexDirectory(directory: string, options: IndexOptions): DirectoryIndex {
  const { labels, classNames, formats } = options;
  const none = (advice: string) =>
    new Error(`Found no files ending in ${formats.join(", ")} in ${directory}. ${advice}`.trim());
  if (labels === "inferred") {
    const classes = classFolders(directory, classNames);
    const files = classes.flatMap((name, label) =>
      filesBelow(join(directory, name), options).map((path) => ({ path, label })),
    );
    if (files.length > 0) return { files, classNames: classes };
    throw none("A folder for each class is expected in it; without classes, give labels: null.");
  }
  if (classNames !== undefined) {
    throw new TypeError('classNames orders the folders and needs labels: "inferred", but found other labels.');
  }
  const paths = filesBelow(directory, options);
  if (paths.length === 0) throw none("");
  if (labels === null) return { files: paths.map((path) => ({ path })), classNames: null };
  if (labels.length !== paths.length) {
    throw new RangeError(
      `Expected ${paths.length} labels, one for each file in ${directory}, but found ${labels.length}.`,
    );
  }
  const classes = [...new Set(labels)].sort((a, b) => a - b).map(String);
  return { files: paths.map((path, i) => ({ path, label: labels[i]! })), classNames: classes };
}
