import stringWidth from "string-width";
import { fixed } from "./decimals";

/** A column of a {@link boxTable}. */
export interface BoxColumn {
  readonly title: string;
  readonly align: "left" | "right" | "center";
  /** Wanted width of the text, in character cells. */
  readonly width: number;
}

/**
 * Widths of the columns, padding included, in a table of `total` cells: the wanted ones, evenly narrowed or widened. The
 * arithmetic is that of Python's rich, whose tables Keras prints.
 */
function columnWidths(columns: readonly BoxColumn[], total: number): number[] {
  const available = total - columns.length - 1;
  const widths = columns.map((column) => Math.min(column.width + 2, available));
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  if (excess > 0) {
    return widths.map((width, i) => {
      const share = Math.min(width, Number(fixed(excess / (widths.length - i), 0)));
      excess -= share;
      return width - share;
    });
  }
  let missing = -excess;
  let weight = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => {
    const share = Math.ceil((width * missing) / weight);
    missing -= share;
    weight -= width;
    return width + share;
  });
}

/** Lines of at most `width` cells, broken between words; a word that is longer ends in an ellipsis. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => truncate(each, width));
}

function truncate(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, align: BoxColumn["align"]): string {
  const room = Math.max(width - stringWidth(text), 0);
  const left = align === "right" ? room : align === "center" ? Math.floor(room / 2) : 0;
  return " ".repeat(left) + text + " ".repeat(room - left);
}

/** The table of box-drawing characters that Keras 3 prints for `model.summary()`, `total` cells wide. */
export function boxTable(columns: readonly BoxColumn[], rows: readonly (readonly string[])[], total: number): string {
  const widths = columnWidths(columns, total);
  const rule = (left: string, line: string, middle: string, right: string) =>
    left + widths.map((width) => line.repeat(width)).join(middle) + right;
  const row = (cells: readonly string[], bar: string) => {
    const wrapped = cells.map((cell, i) => wrap(cell, widths[i]! - 2));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const parts = wrapped.map((lines, i) => pad(lines[line] ?? "", widths[i]! - 2, columns[i]!.align));
      return `${bar} ${parts.join(` ${bar} `)} ${bar}`;
    });
  };
  const titles = columns.map((column) => column.title);
  return [
    rule("┏", "━", "┳", "┓"),
    ...row(titles, "┃"),
    rule("┡", "━", "╇", "┩"),
    ...rows.flatMap((cells, i) => [...(i === 0 ? [] : [rule("├", "─", "┼", "┤")]), ...row(cells, "│")]),
    rule("└", "─", "┴", "┘"),
  ].join("\n");
}
