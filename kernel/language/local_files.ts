import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript6";
import { findFile } from "../evaluator/modules/resolution";

/** Finds changes of the reader's settings and of the modules that cells import: it looks when a cell is checked. */
export class LocalFiles {
  readonly #directory: string;
  readonly #times = new Map<string, number>();

  /** @param settings Files to watch from the start, whether they exist or not. */
  constructor(directory: string, settings: readonly string[]) {
    this.#directory = directory;
    for (const path of settings) this.#isNew(path);
  }

  /** The new or changed files among those that earlier cells and `code` import. */
  changed(code: string): string[] {
    const changed = [...this.#times.keys()].filter((path) => this.#isNew(path));
    const queue = [...this.#imports(code, this.#directory), ...changed.flatMap((path) => this.#importsOf(path))];
    for (let path = queue.pop(); path; path = queue.pop()) {
      if (this.#times.has(path)) continue;
      this.#isNew(path);
      changed.push(path);
      queue.push(...this.#importsOf(path));
    }
    return changed;
  }

  #isNew(path: string): boolean {
    const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const before = this.#times.get(path);
    this.#times.set(path, time);
    return before !== time;
  }

  #importsOf(path: string): string[] {
    return this.#imports(ts.sys.readFile(path) ?? "", dirname(path));
  }

  /** Only relative imports: packages do not change while a notebook runs. */
  #imports(code: string, directory: string): string[] {
    if (!/['"]\.\.?\//.test(code)) return [];
    return ts.preProcessFile(code, true, true).importedFiles.flatMap(({ fileName }) => {
      if (!/^\.\.?\//.test(fileName)) return [];
      return findFile(join(directory, fileName)) ?? [];
    });
  }
}
