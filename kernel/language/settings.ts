import { join } from "node:path";

/** Where TypeScript looks for a notebook's settings instead of `tsconfig.json`. */
export const configName = ".tskeras-cells.json";

export const globals = join(__dirname, "globals.d.ts");

/** For a notebook whose `tsconfig.json` is missing or does not set these. */
export const defaultOptions = { strict: true, lib: ["esnext"], types: [], skipLibCheck: true, resolveJsonModule: true };

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
