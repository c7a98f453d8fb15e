import ts from "typescript6";

/** Comments and space, then a brace. */
const opensBrace = /^(?:\s|\/\/.*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*\{/;

/**
 * A cell's text as TypeScript parses it. `{ a: 1, b: 2 }` means an object at a prompt, as in the consoles of Chrome and Node,
 * so it gets parentheses, which move the first line right by `shift`. Everything else stays as it is.
 */
export function cellSource(code: string): { readonly text: string; readonly shift: number } {
  if (!opensBrace.test(code)) return { text: code, shift: 0 };
  const text = `(${code.replace(/;\s*$/, "")}\n)`;
  return isObjectLiteral(text) ? { text, shift: 1 } : { text: code, shift: 0 };
}

function isObjectLiteral(text: string): boolean {
  if (syntaxDiagnostics(text).length) return false;
  const [statement, another] = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext).statements;
  if (!statement || another || !ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  return ts.isParenthesizedExpression(expression) && ts.isObjectLiteralExpression(expression.expression);
}

/** Options under which a cell is a module, so that `await` is an operator at its top level. */
export const parserOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  verbatimModuleSyntax: true,
};

export const syntaxDiagnostics = (text: string): readonly ts.Diagnostic[] =>
  ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: parserOptions }).diagnostics ?? [];
