import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, extname, isAbsolute, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { primordials } from "../guards/primordials";

export type Resolution =
  | { readonly kind: "builtin"; readonly name: string }
  /** A file of the reader's, loaded again when it changes. */
  | { readonly kind: "local"; readonly file: string }
  /** A package's file that `require` loads. */
  | { readonly kind: "commonjs"; readonly file: string }
  /** A package that only `import()` loads, from `directory`. */
  | { readonly kind: "module"; readonly directory: string };

/** The kernel's own package: this file is dist/kernel/evaluator/modules/resolution.js. */
export const ownPackage = join(__dirname, "../../../..");
const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];
const compiledFrom: Readonly<Record<string, string>> = { ".js": ".ts", ".jsx": ".tsx", ".mjs": ".mts", ".cjs": ".cts" };

/** Resolves a module from the folder of its importer, then from the kernel's own packages. */
export function resolveModule(specifier: string, directory: string): Resolution {
  if (isBuiltin(specifier)) return { kind: "builtin", name: specifier };
  // A second copy of the library would not know the tensors of the first.
  if (specifier === "tskeras") return { kind: "commonjs", file: join(ownPackage, "dist/src/index.js") };
  if (specifier.startsWith("file:")) return local(fileURLToPath(specifier), specifier, directory);
  if (/^\.{0,2}(\/|\\|$)/.test(specifier) || isAbsolute(specifier)) {
    return local(resolve(directory, specifier), specifier, directory);
  }
  const found = inPackages(specifier, directory) ?? inPackages(specifier, ownPackage);
  if (found) return found;
  throw notFound(
    `Cannot find the package "${specifier}" from ${directory}. Install it beside the notebook: npm install ${packageName(specifier)}`,
  );
}

function local(path: string, specifier: string, directory: string): Resolution {
  const file = findFile(path);
  if (!file) throw notFound(`Cannot find the module "${specifier}" from ${directory}`);
  const foreign = file.split(sep).includes("node_modules") || !extensions.includes(extname(file));
  return foreign ? { kind: "commonjs", file } : { kind: "local", file };
}

/** Where TypeScript looks: `./a.js` may be `./a.ts`, and `./a` any extension or a folder's index. */
export function findFile(path: string): string | undefined {
  const source = compiledFrom[extname(path)];
  const candidates = [
    path,
    ...(source ? [path.slice(0, -extname(path).length) + source] : []),
    ...extensions.map((extension) => path + extension),
    ...extensions.map((extension) => join(path, `index${extension}`)),
  ];
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}

function inPackages(specifier: string, directory: string): Resolution | undefined {
  try {
    const file = createRequire(join(directory, "notebook.js")).resolve(specifier);
    return isModule(file) ? { kind: "module", directory } : { kind: "commonjs", file };
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    // Exports for `import` only.
    if (code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return { kind: "module", directory };
    if (code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function isModule(file: string): boolean {
  if (file.endsWith(".mjs")) return true;
  if (!file.endsWith(".js")) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) {
      return (primordials.JSON.parse(readFileSync(manifest, "utf8")) as { type?: unknown }).type === "module";
    }
    if (folder === dirname(folder)) return false;
  }
}

function packageName(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function notFound(message: string): Error {
  return Object.assign(new primordials.Error(message), { code: "ERR_MODULE_NOT_FOUND" });
}
