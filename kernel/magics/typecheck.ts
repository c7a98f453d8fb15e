/** What happens to a cell with type errors: it is refused, it runs after they are shown, or nobody looks. */
export type Typecheck = "off" | "warn" | "error";

const magic = /^(\s*)(%%?)typecheck[ \t]+(off|warn|error)[ \t]*(?=\r?\n|$)/;

/**
 * Takes the first line `%%typecheck off|warn|error` (this cell) or `%typecheck …` (from here on) out of a cell. The line
 * stays as blanks, so that all positions stay as they are.
 */
export function takeTypecheck(code: string): { code: string; mode?: Typecheck; forAll?: boolean } {
  const found = magic.exec(code);
  if (!found) return { code };
  const [line, , percent, mode] = found;
  return { code: " ".repeat(line.length) + code.slice(line.length), mode: mode as Typecheck, forAll: percent === "%" };
}
