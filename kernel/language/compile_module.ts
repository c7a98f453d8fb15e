import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript6";
import { literal, throwSyntaxError } from "./compile_cell";
import type { CompiledCell } from "./language_service";
import { kernelLowering } from "./repl_lowering";

/**
 * The CommonJS that a cell's `import "./helper.ts"` runs, with `__import(…)` for `import()` and `__await` in every
 * `await`, as in cells. An `await` at the top level needs an async function around it.
 *
 * @param fileName The absolute path.
 * @throws SyntaxError, naming file, line and column, for code that TypeScript cannot parse.
 */
export function compileModule(fileName: string, code: string): Pick<CompiledCell, "javascript" | "sourceMap"> {
  const importMeta = literal({ url: pathToFileURL(fileName).href, filename: fileName, dirname: dirname(fileName) });
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(code, {
    // The extension decides the module kind: .cts is CommonJS whatever the next package.json says.
    fileName: fileName.replace(/\.m?([jt])s$/, ".c$1s"),
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node20,
      allowJs: true,
      jsx: ts.JsxEmit.React,
      sourceMap: true,
      esModuleInterop: true,
      rewriteRelativeImportExtensions: false,
    },
    transformers: { after: [kernelLowering(importMeta)] },
  });
  throwSyntaxError(fileName, diagnostics);
  const javascript = outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, `//# sourceURL=${fileName}\n`);
  const map: object = JSON.parse(sourceMapText ?? "{}");
  return { javascript, sourceMap: JSON.stringify({ ...map, sources: [fileName] }) };
}
