import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, didYouMean } from "../options/options";
import { RandomState } from "../random";

/** The files of a directory and what they are labelled with. */
export interface DirectoryIndex {
  readonly paths: string[];
  /** For each file the number of its class; null without labels. */
  readonly labels: number[] | null;
  readonly classNames: string[] | null;
}

/** How a directory is indexed. */
export interface IndexOptions {
  readonly labels: "inferred" | null | readonly number[];
  readonly classNames: readonly string[] | undefined;
  /** Endings of the files that count, in lower case. */
  readonly formats: readonly string[];
  readonly followLinks: boolean;
}

const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort(byCodePoint);
  } catch (error) {
    throw new Error(`Could not read the directory ${folder}: ${(error as Error).message}`, { cause: error });
  }
}

/** A folder and all below it, as Python's `os.walk` finds them, in the order of their paths. */
function folders(top: string, followLinks: boolean): string[] {
  const below = readdirSync(top, { withFileTypes: true }).flatMap((entry) => {
    const path = join(top, entry.name);
    const isFolder = entry.isDirectory() || (followLinks && entry.isSymbolicLink() && statSync(path).isDirectory());
    return isFolder ? folders(path, followLinks) : [];
  });
  return [top, ...below].sort(byCodePoint);
}

function filesBelow(top: string, { formats, followLinks }: IndexOptions): string[] {
  return folders(top, followLinks).flatMap((folder) =>
    entriesOf(folder)
      .filter((name) => formats.some((ending) => name.toLowerCase().endsWith(ending)))
      .map((name) => join(folder, name)),
  );
}

function classFolders(directory: string, wanted: readonly string[] | undefined): string[] {
  const found = entriesOf(directory).filter(
    (name) => !name.startsWith(".") && statSync(join(directory, name)).isDirectory(),
  );
  for (const name of wanted ?? []) {
    if (found.includes(name)) continue;
    throw new RangeError(
      `Expected a folder "${name}" in ${directory}, as classNames has it, but found ${found.join(", ") || "none"}. ` +
        didYouMean(name, found),
    );
  }
  return wanted === undefined ? found : [...wanted];
}

/**
 * Lists the files of a directory with their labels, in the order of Keras's `index_directory`, not shuffled.
 *
 * @throws Error if there are none, RangeError if labels or class names do not fit what is there
 */
export function indexDirectory(directory: string, options: IndexOptions): DirectoryIndex {
  const { labels, classNames, formats } = options;
  if (labels !== "inferred" && classNames !== undefined) {
    throw new TypeError('classNames orders the folders and needs labels: "inferred", but found other labels.');
  }
  const classes = labels === "inferred" ? classFolders(directory, classNames) : [];
  const found =
    labels === "inferred"
      ? classes.map((name) => filesBelow(join(directory, name), options))
      : [filesBelow(directory, options)];
  const paths = found.flat();
  if (paths.length === 0) {
    throw new Error(
      `Found no files ending in ${formats.join(", ")} in ${directory}. ` +
        (labels === "inferred" ? "A folder for each class is expected in it; without classes, give labels: null." : ""),
    );
  }
  if (labels === "inferred") {
    return { paths, labels: found.flatMap((files, label) => files.map(() => label)), classNames: classes };
  }
  if (labels === null) return { paths, labels: null, classNames: null };
  if (labels.length !== paths.length) {
    throw new RangeError(
      `Expected ${paths.length} labels, one for each file in ${directory}, but found ${labels.length}.`,
    );
  }
  return { paths, labels: [...labels], classNames: [...new Set(labels)].sort((a, b) => a - b).map(String) };
}

/** The same files in the order of NumPy's shuffle with this seed. */
export function shuffleIndex({ paths, labels, classNames }: DirectoryIndex, seed: number): DirectoryIndex {
  const order = [...RandomState(seed).permutation(paths.length)];
  const pick = <T>(items: readonly T[]) => order.map((row) => items[row] as T);
  return { paths: pick(paths), labels: labels === null ? null : pick(labels), classNames };
}

/**
 * The first files to train with, or the last ones to validate with.
 *
 * @param validationSplit the fraction of the files that validates
 * @throws RangeError if the part would be empty
 */
export function subsetOf(
  { paths, labels, classNames }: DirectoryIndex,
  validationSplit: number,
  subset: "training" | "validation",
): DirectoryIndex {
  const start = paths.length - Math.trunc(validationSplit * paths.length);
  const [from, to] = subset === "training" ? [0, start] : [start, paths.length];
  if (from === to) {
    throw new RangeError(
      `A validationSplit of ${describe(validationSplit)} leaves no ${subset} files of ${paths.length}.`,
    );
  }
  return { paths: paths.slice(from, to), labels: labels?.slice(from, to) ?? null, classNames };
}
