import { join } from "node:path";

/** The name under which TypeScript looks for a notebook's settings, instead of `tsconfig.json`. */
export const configName = ".tskeras-cells.json";

/** What every cell finds without importing it. */
export const globals = join(__dirname, "globals.d.ts");

/** For a notebook that has no `tsconfig.json`, or one that says nothing of these: strict and current. */
export const defaultOptions = { strict: true, lib: ["esnext"], types: [], skipLibCheck: true, resolveJsonModule: true };

/** What a cell cannot do without. */
export const cellOptions = {
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
};
