import ts from "typescript6";
import { cellSource, syntaxDiagnostics } from "./cell_source";
import type { Completeness } from "./language_service";

/** TypeScript's numbers for an unterminated comment or template, which another line can close. */
const openText = new Set([1010, 1160]);
/** Its numbers for an unterminated string or regular expression, which no line can close. */
const brokenText = new Set([1002, 1161]);

/** Whether Enter runs the code or opens another line: an error at the very end asks for more, one before it is invalid. */
export function isComplete(code: string): Completeness {
  const { text, shift } = cellSource(code);
  const [first] = syntaxDiagnostics(text);
  if (!first) return { status: "complete" };
  if (openText.has(first.code)) return { status: "incomplete", indent: "" };
  const end = endOfCode(code);
  const continued = code.endsWith("\\") || !brokenText.has(first.code);
  if (!continued || (first.start ?? 0) - shift < end) return { status: "invalid" };
  return { status: "incomplete", indent: nextIndent(code.slice(0, end)) };
}

/** Where the last token ends; comments after it do not count. */
function endOfCode(code: string): number {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, code);
  let end = 0;
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) end = scanner.getTokenEnd();
  return end;
}

function nextIndent(code: string): string {
  const last = code.split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[([{]$|=>$|\b(else|do)$/.test(last) ? `${indent}  ` : indent;
}
