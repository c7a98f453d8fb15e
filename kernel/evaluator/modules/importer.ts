import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { compileFunction, constants } from "node:vm";
import { primordials } from "../guards/primordials";
import { LocalModules } from "./local_modules";
import { toCommonJs, toNamespace } from "./namespace";
import { ownPackage, resolveModule } from "./resolution";

type NativeImport = (specifier: string) => Promise<object>;

/** Loads what cells and the reader's own files import: every kind of module, from the notebook's folder first. */
export class Importer {
  readonly #local = new LocalModules({
    preload: async (specifier, directory) => {
      this.#modules.set(`${directory}\0${specifier}`, toCommonJs(await this.#nativeImport(directory)(specifier)));
    },
    require: (specifier, directory) => this.require(specifier, directory),
    import: (specifier, directory) => this.import(specifier, directory),
  });
  /** ES modules that local files `require`. */
  readonly #modules = new Map<string, object>();
  readonly #nativeImports = new Map<string, NativeImport>();
  readonly #nativeRequire = createRequire(join(ownPackage, "package.json"));

  /** `replaced` stands in for packages by name, as `tslab` does. */
  constructor(
    private directory: string,
    private readonly replaced: Readonly<Record<string, () => unknown>>,
  ) {}

  /** From here on, imports of cells start in another folder. */
  moveTo(directory: string): void {
    this.directory = directory;
  }

  /** The module namespace of an `import`. */
  async import(specifier: string, directory = this.directory): Promise<object> {
    const replacement = this.replaced[specifier];
    if (replacement) return toNamespace(replacement());
    const resolution = resolveModule(specifier, directory);
    switch (resolution.kind) {
      case "builtin":
        return this.#nativeImport(directory)(resolution.name);
      case "module":
        return this.#nativeImport(resolution.directory)(specifier);
      case "local":
        return toNamespace(await this.#local.load(resolution.file));
      case "commonjs":
        return toNamespace(this.#nativeRequire(resolution.file));
    }
  }

  /** The `require` of cells and local files. */
  require(specifier: string, directory = this.directory): unknown {
    const replacement = this.replaced[specifier];
    if (replacement) return replacement();
    const preloaded = this.#modules.get(`${directory}\0${specifier}`);
    if (preloaded) return preloaded;
    const resolution = resolveModule(specifier, directory);
    switch (resolution.kind) {
      case "builtin":
        return this.#nativeRequire(resolution.name);
      case "commonjs":
        return this.#nativeRequire(resolution.file);
      case "module":
        return createRequire(join(resolution.directory, "notebook.js"))(specifier);
      case "local": {
        const exports = this.#local.get(resolution.file);
        if (exports !== undefined) return exports;
        if (/^\.(c?js|json)$/.test(extname(resolution.file))) return this.#nativeRequire(resolution.file);
        throw new primordials.Error(`require() loads JavaScript; for TypeScript write: import … from "${specifier}"`);
      }
    }
  }

  /** `import()` as Node runs it for code in a folder. */
  #nativeImport(directory: string): NativeImport {
    let load = this.#nativeImports.get(directory);
    if (!load) {
      load = compileFunction("return import(specifier)", ["specifier"], {
        filename: join(directory, "notebook.js"),
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      }) as NativeImport;
      this.#nativeImports.set(directory, load);
    }
    return load;
  }
}
