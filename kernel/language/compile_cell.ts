import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { decode, encode } from "@jridgewell/sourcemap-codec";
import ts from "typescript6";
import { cellSource, parserOptions, syntaxDiagnostics } from "./cell_source";
import type { Cell, CompiledCell, Diagnostic, Position } from "./language_service";
import { letStatement, replLowering } from "./repl_lowering";

/**
 * The JavaScript that V8's REPL mode runs for a cell: types stripped, standard decorators and `using` lowered to
 * ES2022, every top-level declaration a `let`, functions and imports first.
 *
 * @param directory The notebook's folder, for `import.meta`.
 * @throws SyntaxError, naming the cell, line and column, for code that TypeScript cannot parse.
 */
export function compileCell({ fileName, code, moved = new Map() }: Cell, directory: string): CompiledCell {
  const { text, shift } = cellSource(code);
  const shifts = shift === 0 ? moved : new Map([[0, shift]]);
  const declares = new Set<string>();
  let hasValue = false;
  const inspect: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
    hasValue = endsInValue(file);
    return ts.visitEachChild(file, requireImports(context), context);
  };
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { ...parserOptions, sourceMap: true, removeComments: true },
    transformers: { before: [inspect], after: [replLowering(declares, importMeta(directory, fileName))] },
  });
  throwSyntaxError(fileName, diagnostics, shifts);
  const javascript = outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, `//# sourceURL=${fileName}\n`);
  return { fileName, javascript, sourceMap: shiftBack(sourceMapText, shifts), hasValue, declares: [...declares] };
}

/** TypeScript's syntax errors in a cell, which say more than V8's. If there are none, its types can be checked. */
export function syntaxErrors(code: string): Diagnostic[] {
  const { text, shift } = cellSource(code);
  return syntaxDiagnostics(text).map(({ file, start = 0, length = 0, code: number, messageText }) => {
    const position = (offset: number): Position => {
      const { line = 0, character = 0 } = file?.getLineAndCharacterOfPosition(offset) ?? {};
      return { line, column: line === 0 ? character - shift : character };
    };
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    return { start: position(start), end: position(start + length), code: number, category: "error", message };
  });
}

/** Throws the first of TypeScript's syntax errors as JavaScript would. */
export function throwSyntaxError(
  fileName: string,
  diagnostics: readonly ts.Diagnostic[] | undefined,
  shifts: ReadonlyMap<number, number> = new Map(),
): void {
  const [first] = diagnostics ?? [];
  if (!first) return;
  const { line = 0, character = 0 } = first.file?.getLineAndCharacterOfPosition(first.start ?? 0) ?? {};
  const column = Math.max(0, character - (shifts.get(line) ?? 0));
  const message = ts.flattenDiagnosticMessageText(first.messageText, "\n");
  throw new SyntaxError(`${message} (${fileName}:${line + 1}:${column + 1})`);
}

function endsInValue({ statements }: ts.SourceFile): boolean {
  const last = statements.findLast((statement) => !ts.isEmptyStatement(statement));
  return (
    last !== undefined && (ts.isExpressionStatement(last) || (ts.isExportAssignment(last) && !last.isExportEquals))
  );
}

/** `import fs = require("fs")`, which TypeScript drops from ES modules. */
function requireImports(context: ts.TransformationContext): ts.Visitor {
  const { factory } = context;
  return (node) => {
    if (!ts.isImportEqualsDeclaration(node) || node.isTypeOnly) return node;
    if (!ts.isExternalModuleReference(node.moduleReference)) return node;
    const required = factory.createCallExpression(factory.createIdentifier("require"), undefined, [
      node.moduleReference.expression,
    ]);
    const declaration = factory.createVariableDeclaration(node.name, undefined, undefined, required);
    return ts.setTextRange(letStatement([declaration]), node);
  };
}

/** A cell has no file, so its `import.meta` describes one in the notebook's folder. */
function importMeta(directory: string, fileName: string): ts.Expression {
  const path = join(directory, fileName);
  return literal({ url: pathToFileURL(path).href, filename: path, dirname: directory });
}

export function literal(fields: Readonly<Record<string, string>>): ts.Expression {
  const { factory } = ts;
  return factory.createObjectLiteralExpression(
    Object.entries(fields).map(([name, value]) =>
      factory.createPropertyAssignment(name, factory.createStringLiteral(value)),
    ),
  );
}

function shiftBack(sourceMapText = "{}", shifts: ReadonlyMap<number, number>): string {
  if (shifts.size === 0) return sourceMapText;
  const map: { mappings: string } = JSON.parse(sourceMapText);
  const lines = decode(map.mappings);
  for (const line of lines)
    for (const segment of line)
      if (segment.length > 1) segment[3] = Math.max(0, (segment[3] ?? 0) - (shifts.get(segment[2] ?? 0) ?? 0));
  return JSON.stringify({ ...map, mappings: encode(lines) });
}
