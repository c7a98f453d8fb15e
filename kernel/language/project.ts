import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type typescript from "typescript6";
import { cellOptions, configName, defaultOptions, globals } from "./settings";

/** Documents that exist only in the type service. */
type VirtualFiles = { readonly path: string; readonly text: string }[];

/** The folder of this package: the nearest one above with a package.json. */
const packageDirectory = ((): string => {
  let directory = __dirname;
  while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
  return directory;
})();

/** Loaded only when needed, because it loads more slowly than the server starts. */
const compiler = (): typeof typescript => require("typescript6");

/** True for a notebook inside this package without settings of its own: writing its project needs no compiler. */
export const isPlain = (directory: string): boolean => !hasSettings(directory) && isInside(directory);

const hasSettings = (directory: string): boolean => existsSync(join(directory, "tsconfig.json"));
const isInside = (directory: string): boolean => `${resolve(directory)}${sep}`.startsWith(`${packageDirectory}${sep}`);

/**
 * The settings for the cells of a notebook in `directory`: current, and strict if `strict` says so, then the
 * `tsconfig.json` beside the notebook, then what a cell cannot do without.
 */
export function project(directory: string, cells: readonly string[], strict = true): VirtualFiles {
  const defaultsName = ".tskeras-defaults.json";
  const defaults = { compilerOptions: { ...defaultOptions, strict, paths: fallbackPaths(directory) } };
  const own = hasSettings(directory) ? ["./tsconfig.json"] : [];
  const files = [globals, ...cells];
  const config = { extends: [`./${defaultsName}`, ...own], compilerOptions: cellOptions, files, include: [] };
  return [
    ...hollowProjects(directory, own.length > 0),
    { path: join(directory, defaultsName), text: JSON.stringify(defaults) },
    { path: join(directory, configName), text: JSON.stringify(config) },
  ];
}

/**
 * The `tsconfig.json` of the notebook's folder and of those above it, without their files: the server looks for the project
 * of the settings themselves there, and would read the whole program around the notebook.
 *
 * @param read Whether the notebook's own settings may extend them.
 */
function hollowProjects(directory: string, read: boolean): VirtualFiles {
  const above = dirname(directory) === directory ? [] : hollowProjects(dirname(directory), read);
  if (!hasSettings(directory)) return above;
  const path = join(directory, "tsconfig.json");
  const { references, ...config } = read ? (compiler().readConfigFile(path, compiler().sys.readFile).config ?? {}) : {};
  return [...above, { path, text: JSON.stringify({ ...config, files: [], include: [] }) }];
}

/** For a notebook outside any node_modules: the type files of this package and its dependencies. */
function fallbackPaths(directory: string): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  if (isInside(directory)) return paths;
  const ts = compiler();
  const options = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const find = (name: string, from: string): string | undefined =>
    ts.resolveModuleName(name, join(from, "cell.ts"), options, ts.sys).resolvedModule?.resolvedFileName;
  for (const name of packages()) {
    if (find(name, directory)) continue;
    const types = find(name, packageDirectory);
    if (!types?.endsWith(".d.ts")) continue;
    paths[name] = [types];
    const root = join(packageDirectory, "node_modules", name);
    if (existsSync(root)) paths[`${name}/*`] = [`${root}/*`];
  }
  return paths;
}

function packages(): string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(packageDirectory, "package.json"), "utf8"));
  const { name, dependencies } = manifest as { name: string; dependencies: Record<string, string> };
  return [name, ...Object.keys(dependencies).filter((each) => !/^typescript/.test(each))];
}
