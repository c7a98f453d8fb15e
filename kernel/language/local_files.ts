import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript6";

/** The reader's settings and the modules that cells import, watched by looking at them when a cell is checked. */
export class LocalFiles {
  readonly #directory: string;
  readonly #times = new Map<string, number>();

  /** @param settings Paths that matter from the start, there or not. */
  constructor(directory: string, settings: readonly string[]) {
    this.#directory = directory;
    for (const path of settings) this.#isNew(path);
  }

  /** The files among those that cells have imported so far, and now `code`, that are new or not what they were. */
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
      const base = join(directory, fileName);
      const names = [
        base,
        `${base}.ts`,
        `${base}.tsx`,
        `${base}.js`,
        join(base, "index.ts"),
        base.replace(/\.(m?)js$/, ".$1ts"),
      ];
      return names.filter((name) => ts.sys.fileExists(name)).slice(0, 1);
    });
  }
}
