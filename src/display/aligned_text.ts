import stringWidth from "string-width";
import { currentHost } from "./tslab_host";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Prints text with columns. Browsers draw Korean, Chinese and Japanese letters not quite two cells wide, which moves the
 * columns: a notebook gets such text as HTML that gives each of these letters its two cells.
 */
export function printAligned(text: string): void {
  const host = currentHost();
  const html = host && alignedHtml(text);
  if (html === undefined) console.log(text);
  else host?.display({ "text/plain": text, "text/html": html });
}

/** The text as HTML, or undefined if all its letters are one cell wide. */
export function alignedHtml(text: string): string | undefined {
  let wide = false;
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => {
    if (stringWidth(segment) < 2) return segment.replace(/[&<>]/g, (letter) => escapes[letter] ?? letter);
    wide = true;
    return `<span style="display:inline-block;width:2ch;text-align:center">${segment}</span>`;
  });
  return wide
    ? `<pre style="white-space:pre;overflow-x:auto;font-size:var(--jp-code-font-size);line-height:normal;margin:0;padding:1px 8px">${letters.join("")}</pre>`
    : undefined;
}
