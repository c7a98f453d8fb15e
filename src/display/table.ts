import { type InspectOptions, inspect } from "node:util";
import stringWidth from "string-width";
import { type HistoryLike, pointsOf } from "../charts/history_like";
import * as kinds from "../options/kinds";
import { checkOptions, describe, didYouMean } from "../options/options";
import { type Displayable, displaySymbol, type MimeBundle } from "./host";
import { escapeAttribute } from "./markup";
import { nested } from "./nested";
import { currentHost } from "./tslab_host";

/** A row of a table: values by column. */
export type Row = { readonly [column: string]: unknown };

/** Keeps MathJax, 2 and 3, from reading dollar signs as formulas. */
const withoutFormulas = "tex2jax_ignore mathjax_ignore";

/** Rows that a cell shows as a table; not the box table that `model.summary()` prints. */
export class Table implements Displayable {
  readonly rows: readonly Row[];
  readonly columns: readonly string[];
  readonly #digits: number;

  constructor(rows: readonly Row[], columns: readonly string[], digits: number) {
    this.rows = rows;
    this.columns = columns;
    this.#digits = digits;
  }

  [displaySymbol](): MimeBundle {
    return { "text/html": this.#html(), "text/plain": this.toString() };
  }

  [inspect.custom](depth: number | null, options: InspectOptions): string {
    const host = currentHost();
    if (host?.name !== "tslab" || nested(depth, options)) return this.toString();
    host.display(this[displaySymbol]());
    return `Table of ${this.rows.length} rows`;
  }

  /** The table as text, columns aligned. */
  toString(): string {
    const texts = [this.columns, ...this.rows.map((row) => this.columns.map((column) => this.#text(row[column])))];
    const widths = this.columns.map((_, c) => Math.max(...texts.map((line) => stringWidth(line[c]!))));
    const align = (text: string, c: number) => {
      const space = " ".repeat(widths[c]! - stringWidth(text));
      return this.#isNumeric(this.columns[c]!) ? space + text : text + space;
    };
    return texts.map((line) => line.map(align).join("  ").trimEnd()).join("\n");
  }

  #html(): string {
    const cell = (tag: string, text: string, column: string) =>
      `<${tag} style="text-align: ${this.#isNumeric(column) ? "right" : "left"}">${escapeAttribute(text)}</${tag}>`;
    const head = this.columns.map((column) => cell("th", column, column)).join("");
    const body = this.rows.map(
      (row) => `<tr>${this.columns.map((column) => cell("td", this.#text(row[column]), column)).join("")}</tr>`,
    );
    return `<table class="${withoutFormulas}"><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  }

  #isNumeric(column: string): boolean {
    return this.rows.every((row) => ["number", "undefined"].includes(typeof row[column]));
  }

  #text(value: unknown): string {
    if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(this.#digits);
    if (value === undefined || value === null) return "";
    return typeof value === "string" ? value : inspect(value, { breakLength: Infinity, depth: 1 });
  }
}

export interface TableOptions {
  /** Which columns, in what order. Default: all. */
  readonly columns?: readonly string[];
  /** Digits after the point, from 0 to 20; whole numbers have none. Default 4. */
  readonly digits?: number;
}

const tableKinds: kinds.KindsOf<TableOptions> = {
  columns: kinds.list,
  digits: kinds.number({ min: 0, max: 20, whole: true }),
};

/**
 * Shows rows as a table.
 *
 * @param rows objects with the same columns, or a History: a row for each epoch
 * @param options `columns`, which and in what order, default all; `digits` after the point, default 4
 * @returns a value that a cell shows as an HTML table, and `console.log` as aligned text
 * @throws TypeError for anything but rows
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * String(keras.charts.table([{ optimizer: "Adam", accuracy: 0.87654 }])) // "optimizer  accuracy\nAdam         0.8765"
 * ```
 */
export function table(rows: readonly Row[] | HistoryLike, options: TableOptions = {}): Table {
  checkOptions("table()", options, tableKinds);
  const list =
    typeof rows === "object" && rows !== null && "history" in rows && !Array.isArray(rows)
      ? epochs(rows as HistoryLike)
      : (rows as readonly Row[]);
  if (!Array.isArray(list) || list.some((row) => typeof row !== "object" || row === null)) {
    throw new TypeError(`table() expected rows like [{ name: "Adam", accuracy: 0.87 }] but found ${describe(rows)}.`);
  }
  const known: string[] = [...new Set(list.flatMap((row: Row) => Object.keys(row)))];
  for (const column of options.columns ?? []) {
    if (known.includes(column) || list.length === 0) continue;
    const hint = didYouMean(column, known) || `There are ${known.join(", ")}.`;
    throw new RangeError(`table() found no column "${column}". ${hint}`);
  }
  const columns = options.columns ?? known;
  if (columns.length === 0) throw new RangeError("table() found no rows and no columns: there is nothing to show.");
  return new Table(list, columns, options.digits ?? 4);
}

/** A row for each epoch, with what was measured in it. */
function epochs(history: HistoryLike): Row[] {
  const names = Object.keys(history.history);
  const columns = names.map((name) => new Map(pointsOf(history, name).map(({ epoch, value }) => [epoch, value])));
  const all = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  return all.map((epoch) => ({
    epoch,
    ...Object.fromEntries(names.map((name, i) => [name, columns[i]!.get(epoch)])),
  }));
}
