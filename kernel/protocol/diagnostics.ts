import type { KernelError } from "../bridge";
import { codeFrame, paint } from "../code_frame";
import type { Cell, Diagnostic } from "../language/language_service";

/** TypeScript's syntax errors have the numbers 1000-1999. */
const isSyntax = ({ code }: Diagnostic): boolean => code >= 1000 && code < 2000;

/** `cell-3.ts:2:7 - error TS2322: Type …` and the code around it. */
export function describeDiagnostic(diagnostic: Diagnostic, { fileName, code }: Cell): string {
  const { start, end, category, message } = diagnostic;
  const length = end.line === start.line ? end.column - start.column : Number.POSITIVE_INFINITY;
  const place = paint.place(`${fileName}:${start.line + 1}:${start.column + 1}`);
  const title = `${place} - ${paint.error(category)} ${paint.faint(`TS${diagnostic.code}:`)} ${message}`;
  return `${title}\n${codeFrame(code, { ...start, length: Math.max(1, length) })}`;
}

/** The `error` for the kernel's own failure, which no cell should see. */
export function internalError(error: unknown): KernelError {
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { status: "error", ename: name, evalue: message, traceback: stack.split("\n") };
}

export function refusal(diagnostics: readonly Diagnostic[], cell: Cell): KernelError {
  const syntax = diagnostics.filter(isSyntax);
  // After a syntax error TypeScript guesses the types.
  const shown = (syntax.length > 0 ? syntax : diagnostics).slice(0, 10);
  const hidden = diagnostics.length - shown.length;
  const traceback = shown.map((diagnostic) => describeDiagnostic(diagnostic, cell));
  if (hidden > 0 && syntax.length === 0) traceback.push(paint.faint(`… and ${hidden} more`));
  const first = shown[0];
  const place = first ? ` (${cell.fileName}:${first.start.line + 1}:${first.start.column + 1})` : "";
  return {
    status: "error",
    ename: syntax.length > 0 ? "SyntaxError" : "TypeScriptError",
    evalue: `${first?.message ?? ""}${place}`,
    traceback: traceback.join("\n\n").split("\n"),
  };
}
