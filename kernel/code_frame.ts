const red = "\x1b[31m";
const green = "\x1b[32m";
const dim = "\x1b[2m";
const bold = "\x1b[1m";
const reset = "\x1b[0m";

/** The colors of tracebacks: JupyterLab and terminals show ANSI escapes. */
export const paint = {
  error: (text: string): string => `${bold}${red}${text}${reset}`,
  place: (text: string): string => `${green}${text}${reset}`,
  faint: (text: string): string => `${dim}${text}${reset}`,
};

/** Where something is wrong; zero-based, in UTF-16 units. */
export interface Span {
  readonly line: number;
  readonly column: number;
  /** Units to underline. Default 1; never beyond the line's end. */
  readonly length?: number;
}

/**
 * The wrong line with its neighbors, numbered, and carets below:
 *
 * ```text
 *   1 | const a = 1;
 * > 2 | const b: string = a;
 *     |       ^
 *   3 | b.length
 * ```
 */
export function codeFrame(code: string, { line, column, length = 1 }: Span): string {
  const lines = code.split(/\r?\n/);
  const first = Math.max(0, line - 1);
  const shown = lines.slice(first, line + 2);
  const width = String(first + shown.length).length;
  const frame: string[] = [];
  for (const [i, text] of shown.entries()) {
    const at = first + i;
    const gutter = `${String(at + 1).padStart(width)} | `;
    if (at !== line) {
      frame.push(paint.faint(`  ${gutter}${text}`));
      continue;
    }
    const indent = text.slice(0, column).replace(/[^\t]/gu, (char) => (isWide(char) ? "  " : " "));
    const carets = "^".repeat(Math.max(1, Math.min(length, text.length - column)));
    frame.push(`${paint.error(">")} ${gutter}${text}`);
    frame.push(`  ${" ".repeat(width)} | ${indent}${paint.error(carets)}`);
  }
  return frame.join("\n");
}

/** Hangul, kana, ideographs and emoji take two cells of a fixed-width font. */
function isWide(char: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
    char,
  );
}
