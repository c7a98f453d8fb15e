import { magicsSymbol } from "../bridge";
import { magicTable, type Typecheck, typecheckModes } from "./table";

const names = (form: string): string =>
  magicTable.flatMap((magic) => (magic.form === form ? [magic.name] : [])).join("|");
const rest = String.raw`(?![\w$(.=])[ \t]*`;
/** `%name rest` at the start of a line. Only names of magics match, because `a\n% b` is TypeScript. */
const withText = new RegExp(`^%(${names("text")})${rest}(.*)$`);
const withExpression = new RegExp(`^%(${names("expression")})${rest}(.+)$`);
/** `!ls -la`, but neither `!done && go()` nor `!f()`, which are TypeScript. */
const shell = /^!([\w./~-]+(?:[ \t]+(?!&&|\|\||[=!]==?|\?|[+*/<>-] )\S.*)?)$/;
const continued = /[,([{=+\-*/<>&|?:]\s*$/;

/**
 * Takes the magics out of a cell.
 *
 * @returns `code`: each magic is a call in the same line. `moved`: by line, how many columns to the right the reader's own code
 * has moved. `timed`: whether the cell starts with `%%time`.
 */
export function takeMagics(code: string): { code: string; moved: ReadonlyMap<number, number>; timed: boolean } {
  const moved = new Map<number, number>();
  const timed = /^\s*%%time[ \t]*(?=\r?\n|$)/.exec(code);
  const source = timed ? " ".repeat(timed[0].length) + code.slice(timed[0].length) : code;
  if (!/^[%!]/m.test(source)) return { code: source, moved, timed: timed !== null };
  let before = "";
  const lines = source.split("\n").map((line, number) => {
    const made = continued.test(before) ? undefined : toCall(line.trimEnd());
    if (line.trim()) before = line;
    if (made?.moved) moved.set(number, made.moved);
    return made?.text ?? line;
  });
  return { code: lines.join("\n"), moved, timed: timed !== null };
}

function toCall(line: string): { readonly text: string; readonly moved?: number } | undefined {
  const [, command] = shell.exec(line) ?? [];
  if (command) return { text: call("shell", JSON.stringify(command)) };
  const [, name, argument = ""] = withText.exec(line) ?? [];
  if (name) return { text: call(name, JSON.stringify(argument.trim())) };
  const [, runner, expression = ""] = withExpression.exec(line) ?? [];
  if (!runner) return undefined;
  const opening = "async () => (";
  const text = call(runner, `${opening}${expression.replace(/;\s*$/, "")})`);
  return { text, moved: call(runner, opening).length - 1 - (line.length - expression.length) };
}

/** Typed as unknown, so that the type check finds nothing wrong with it. */
function call(name: string, argument: string): string {
  const magics = `(globalThis as unknown as Record<symbol, Record<string, (argument: unknown) => unknown>>)`;
  return `;await ${magics}[Symbol.for("${magicsSymbol}")]!["${name}"]!(${argument})`;
}

const typecheckLine = new RegExp(String.raw`^(\s*)(%%?)typecheck[ \t]+(${typecheckModes.join("|")})[ \t]*(?=\r?\n|$)`);

/**
 * Takes the first line `%%typecheck off|warn|error` (this cell) or `%typecheck …` (this cell and all that follow) out of a
 * cell. Blanks take its place, so that no position changes.
 */
export function takeTypecheck(code: string): { code: string; mode?: Typecheck; forAll?: boolean } {
  const found = typecheckLine.exec(code);
  if (!found) return { code };
  const [line, , percent, mode] = found;
  return { code: " ".repeat(line.length) + code.slice(line.length), mode: mode as Typecheck, forAll: percent === "%" };
}
