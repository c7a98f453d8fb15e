import stringWidth from "string-width";
import { escapeText } from "./markup";
import { currentHost } from "./tslab_host";

/**
 * Prints text with columns. In browsers Korean, Chinese and Japanese letters are not exactly two cells wide, which shifts the
 * columns: a notebook is sent HTML that makes them so.
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
    if (stringWidth(segment) < 2) return escapeText(segment);
    wide = true;
    return `<span style="display:inline-block;width:2ch;text-align:center">${segment}</span>`;
  });
  return wide
    ? `<pre style="white-space:pre;overflow-x:auto;font-size:var(--jp-code-font-size);line-height:normal;margin:0;padding:1px 8px">${letters.join("")}</pre>`
    : undefined;
}
