import { typecheckModes } from "./table";

/** What happens to a cell with type errors: they are not looked for, they are shown and the cell runs, or it is refused. */
export type Typecheck = (typeof typecheckModes)[number];

const magic = new RegExp(String.raw`^(\s*)(%%?)typecheck[ \t]+(${typecheckModes.join("|")})[ \t]*(?=\r?\n|$)`);

/**
 * Takes the first line `%%typecheck off|warn|error` (this cell) or `%typecheck …` (this cell and all that follow) out of a
 * cell. Blanks take its place, so that no position changes.
 */
export function takeTypecheck(code: string): { code: string; mode?: Typecheck; forAll?: boolean } {
  const found = magic.exec(code);
  if (!found) return { code };
  const [line, , percent, mode] = found;
  return { code: " ".repeat(line.length) + code.slice(line.length), mode: mode as Typecheck, forAll: percent === "%" };
}
