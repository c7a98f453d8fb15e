import type * as lsp from "vscode-languageserver-types";
import type { CompletionItem, Position } from "./language_service";
import { offsetAt } from "./positions";
import { type CellModule, toCell } from "./scope";

/** The kinds by their number in the Language Server Protocol, from 1. */
const kinds = (
  "text method function constructor field variable class interface module property unit value enum keyword snippet " +
  "color file reference folder enumMember constant struct event operator typeParameter"
).split(" ");

/** The text that the completions replace: the range that the server gives (inside quotes), or the word before the cursor. */
export function completionRange(
  items: readonly lsp.CompletionItem[],
  module: CellModule,
  code: string,
  offset: number,
  prefix: string,
): { start: number; end: number } {
  const word = { start: offset - prefix.length, end: offset };
  const edit = items.find(({ textEdit }) => textEdit)?.textEdit;
  if (!edit || !("range" in edit) || items.some(({ textEdit }) => !textEdit)) return word;
  const from = fromServer(edit.range.start, module);
  const to = fromServer(edit.range.end, module);
  return from && to ? { start: offsetAt(code, from), end: offsetAt(code, to) } : word;
}

/** A position of the server's in the cell's own coordinates; undefined before the cell. */
export const fromServer = ({ line, character }: lsp.Position, module: CellModule): Position | undefined =>
  toCell({ line, column: character }, module);

const variable = 6;
export const keyword = 14;

/** True inside quotes. */
export const isText = ({ kind }: lsp.CompletionItem): boolean => kind === 21;

/**
 * The completions that contain what is typed: first those that begin with it, then those that begin with it in another case,
 * then the rest. Of texts, Keras's snake_case comes before other spellings.
 */
export function ranked(items: readonly lsp.CompletionItem[], typed: string): lsp.CompletionItem[] {
  const part = typed.toLowerCase();
  const order = (item: lsp.CompletionItem): string => {
    const { label, sortText = "" } = item;
    const begins = label.startsWith(typed) ? 0 : label.toLowerCase().startsWith(part) ? 1 : 2;
    return `${begins}${isText(item) && /[A-Z]/.test(label) ? 1 : 0}${sortText}\0${label}`;
  };
  return items
    .filter(({ label }) => label.toLowerCase().includes(part))
    .map((item) => ({ item, order: order(item) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ item }) => item);
}

export function describeItem(item: lsp.CompletionItem): CompletionItem {
  const { label, kind, textEdit, insertText, detail, documentation } = item;
  const text = typeof documentation === "string" ? documentation : documentation?.value;
  return {
    text: textEdit?.newText ?? insertText ?? label,
    // The server calls every imported name a variable; its signature and its spelling tell more.
    kind:
      /^\(alias\) (function|class|interface|enum|namespace|module)\b/.exec(detail ?? "")?.[1] ??
      (kind === variable && /^[A-Z]\w*[a-z]/.test(label) ? "class" : undefined) ??
      kinds[(kind ?? 1) - 1] ??
      "text",
    ...(detail && detail !== label ? { signature: withoutAlias(detail) } : {}),
    ...(text ? { documentation: text } : {}),
  };
}

/** Names of earlier cells are imports to TypeScript and plain names to the reader. */
export const withoutAlias = (signature: string): string =>
  signature.replace(/^\(alias\) /, "").replace(/\nimport [^\n]*$/, "");
