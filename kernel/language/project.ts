import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import ts from "typescript6";

/** A document that exists only in the type service: its path, and its text. */
export interface VirtualFile {
  readonly path: string;
  readonly text: string;
}

/** The name under which TypeScript looks for a notebook's settings, instead of `tsconfig.json`. */
export const configName = ".tskeras-cells.json";

/** Where this package is: the nearest folder upwards with a package.json. */
const packageDirectory = ((): string => {
  let directory = __dirname;
  while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
  return directory;
})();

/**
 * The settings for the cells of a notebook in `directory`: strict and current, then the `tsconfig.json` beside the
 * notebook, then what a cell cannot do without.
 */
export function project(directory: string, cells: readonly string[]): VirtualFile[] {
  const defaultsName = ".tskeras-defaults.json";
  const defaults = {
    compilerOptions: {
      strict: true,
      lib: ["esnext"],
      types: [],
      skipLibCheck: true,
      resolveJsonModule: true,
      paths: fallbackPaths(directory),
    },
  };
  const own = existsSync(join(directory, "tsconfig.json")) ? ["./tsconfig.json"] : [];
  const config = {
    extends: [`./${defaultsName}`, ...own],
    compilerOptions: {
      target: "esnext",
      module: "esnext",
      moduleResolution: "bundler",
      moduleDetection: "force",
      allowImportingTsExtensions: true,
      allowJs: true,
      noEmit: true,
      composite: false,
      incremental: false,
      declaration: false,
      isolatedModules: false,
      verbatimModuleSyntax: false,
      erasableSyntaxOnly: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    files: [join(__dirname, "globals.d.ts"), ...cells],
    include: [],
  };
  return [
    { path: join(directory, defaultsName), text: JSON.stringify(defaults) },
    { path: join(directory, configName), text: JSON.stringify(config) },
  ];
}

/** For a notebook far from any node_modules: this package and what it brings, by the files of their types. */
function fallbackPaths(directory: string): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  if (resolve(directory).startsWith(packageDirectory)) return paths;
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
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
  const read: unknown = JSON.parse(ts.sys.readFile(join(packageDirectory, "package.json")) ?? "{}");
  const { name = basename(packageDirectory), dependencies = {} } = read as {
    name?: string;
    dependencies?: Record<string, string>;
  };
  return [name, ...Object.keys(dependencies).filter((each) => !/^typescript/.test(each))];
}
