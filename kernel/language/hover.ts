import ts from "typescript6";
import type * as lsp from "vscode-languageserver-types";
import { withoutAlias } from "./completions";
import type { Hover } from "./language_service";

/** Splits the server's Markdown: a block with the signature, then the documentation. */
export function describeHover(hover: lsp.Hover | null): Hover | undefined {
  const contents = hover?.contents;
  if (!contents || typeof contents === "string" || Array.isArray(contents)) return undefined;
  const [, signature = contents.value, documentation = ""] =
    /^```\w*\n([\s\S]*?)\n```\n?([\s\S]*)$/.exec(contents.value) ?? [];
  return { signature: withoutAlias(signature), documentation: documentation.trim() };
}

/** The offset of the function's name in the innermost call around `offset`, for Shift+Tab between parentheses. */
export function calleeOffset(code: string, offset: number): number | undefined {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext);
  let found: number | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || node.end < offset) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.expression.end <= offset) {
      const { expression } = node;
      found = ts.isPropertyAccessExpression(expression) ? expression.name.getStart(file) : expression.getStart(file);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
