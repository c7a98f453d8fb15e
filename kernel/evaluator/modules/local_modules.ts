import { readFileSync, statSync } from "node:fs";
import { dirname, extname } from "node:path";
import { Script } from "node:vm";
import { addSource } from "../cell/stack_traces";
import { primordials } from "../guards/primordials";
import type { Importer } from "./importer";
import { resolveModule } from "./resolution";

interface LocalModule {
  readonly file: string;
  readonly stamp: string;
  readonly module: { exports: unknown };
  readonly dependencies: Set<string>;
  ready: Promise<void>;
}

/** Files beside the notebook: TypeScript or JavaScript, loaded again when they or what they import have changed. */
export class LocalModules {
  readonly #importer: Importer;
  readonly #modules = new Map<string, LocalModule>();

  constructor(importer: Importer) {
    this.#importer = importer;
  }

  async load(file: string): Promise<unknown> {
    const loaded = await this.#load(file, new Set());
    await loaded.ready;
    return loaded.module.exports;
  }

  get(file: string): unknown {
    return this.#modules.get(file)?.module.exports;
  }

  async #load(file: string, loading: Set<string>): Promise<LocalModule> {
    const known = this.#modules.get(file);
    if (known && !this.#isStale(known, new Set())) return known;
    const loaded: LocalModule = {
      file,
      stamp: stamp(file),
      module: { exports: {} },
      dependencies: new Set(),
      ready: primordials.resolved(),
    };
    this.#modules.set(file, loaded);
    loading.add(file);
    loaded.ready = this.#run(loaded, loading);
    try {
      await loaded.ready;
    } catch (error) {
      this.#modules.delete(file);
      throw error;
    }
    return loaded;
  }

  async #run(loaded: LocalModule, loading: Set<string>): Promise<void> {
    const { file, module } = loaded;
    const code = readFileSync(file, "utf8");
    if (extname(file) === ".json") {
      module.exports = primordials.JSON.parse(code);
      return;
    }
    // TypeScript loads slowly, and many notebooks import no file.
    const { compileModule } = await import("../../language/compile_module.js");
    const { javascript, sourceMap } = compileModule(file, code);
    addSource(file, code, sourceMap);
    const directory = dirname(file);
    for (const specifier of required(javascript)) {
      const resolution = resolveModule(specifier, directory);
      if (resolution.kind === "module") await this.#importer.preload(specifier, directory);
      if (resolution.kind !== "local") continue;
      loaded.dependencies.add(resolution.file);
      // In a cycle a module gets the exports made so far, as in Node.
      if (!loading.has(resolution.file)) await this.#load(resolution.file, loading);
    }
    const wrapper = "(async function (exports, require, module, __filename, __dirname, __import) {";
    const script = new Script(`${wrapper}${javascript}\n})`, { filename: file, columnOffset: -wrapper.length });
    const require = (specifier: string): unknown => this.#importer.require(specifier, directory);
    const load = (specifier: string): Promise<unknown> => this.#importer.import(specifier, directory);
    await script.runInThisContext()(module.exports, require, module, file, directory, load);
  }

  #isStale(loaded: LocalModule, seen: Set<string>): boolean {
    if (seen.has(loaded.file)) return false;
    seen.add(loaded.file);
    if (stamp(loaded.file) !== loaded.stamp) return true;
    return [...loaded.dependencies].some((file) => {
      const dependency = this.#modules.get(file);
      return !dependency || this.#isStale(dependency, seen);
    });
  }
}

/** What a compiled module requires. A match in a comment or string costs only a lookup. */
function required(javascript: string): Set<string> {
  const found = javascript.matchAll(/\brequire\(\s*(["'])([^"'\n]+)\1\s*\)/g);
  return new Set([...found].map(([, , specifier = ""]) => specifier));
}

function stamp(file: string): string {
  const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: -1 };
  return `${mtimeMs} ${size}`;
}
