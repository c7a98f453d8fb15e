import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { compileFunction, constants } from "node:vm";
import { primordials } from "../guards/primordials";
import { LocalModules } from "./local_modules";
import { toCommonJs, toNamespace } from "./namespace";
import { ownPackage, resolveModule } from "./resolution";

type NativeImport = (specifier: string) => Promise<object>;

/** Loads what cells and local files import: every kind of module, looked up from the notebook's folder first. */
export class Importer {
  readonly #local = new LocalModules(this);
  /** ES modules that local files `require`. */
  readonly #preloaded = new Map<string, object>();
  readonly #nativeImports = new Map<string, NativeImport>();
  readonly #nativeRequire = createRequire(join(ownPackage, "package.json"));
  readonly #replaced: Readonly<Record<string, () => unknown>>;
  #directory: string;

  /** @param replaced What to load instead of a package, by its name: `tslab` for example. */
  constructor(directory: string, replaced: Readonly<Record<string, () => unknown>>) {
    this.#directory = directory;
    this.#replaced = replaced;
  }

  moveTo(directory: string): void {
    this.#directory = directory;
  }

  /** Loads an ES-module package before the code that will `require` it runs. */
  async preload(specifier: string, directory: string): Promise<void> {
    const namespace = await this.#nativeImport(directory)(specifier);
    this.#preloaded.set(`${directory}\0${specifier}`, toCommonJs(namespace));
  }

  async import(specifier: string, directory = this.#directory): Promise<object> {
    const replacement = this.#replaced[specifier];
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

  require(specifier: string, directory = this.#directory): unknown {
    const replacement = this.#replaced[specifier];
    if (replacement) return replacement();
    const preloaded = this.#preloaded.get(`${directory}\0${specifier}`);
    if (preloaded) return preloaded;
    const resolution = resolveModule(specifier, directory);
    switch (resolution.kind) {
      case "builtin":
      case "commonjs":
        return this.#nativeRequire(resolution.kind === "builtin" ? resolution.name : resolution.file);
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
    const known = this.#nativeImports.get(directory);
    if (known) return known;
    const load = compileFunction("return import(specifier)", ["specifier"], {
      filename: join(directory, "notebook.js"),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as NativeImport;
    this.#nativeImports.set(directory, load);
    return load;
  }
}
