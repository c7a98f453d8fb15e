import { color } from "d3-color";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";

/** What an option of several charts may be. */
export const text: kinds.Kind = { ...kinds.text, expected: "a text" };
const finite: kinds.Kind = { expected: "a finite number", accepts: Number.isFinite };
export const limits: kinds.Kind = {
  expected: "two different numbers, [least, greatest],",
  accepts: (value) =>
    Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] !== value[1],
};
export const pixels = kinds.number({ min: 1, max: 10_000 });

/** The title and size of a chart. */
export const figureKinds = { title: text, width: pixels, height: pixels };
/** The title of a chart, and those of its axes. */
export const titleKinds = { title: text, xlabel: text, ylabel: text };
/** How numbers become colors. */
export const colorKinds = { cmap: text, vmin: finite, vmax: finite };

/**
 * Checks the options of a chart, colors and ranges included: the libraries that draw ignore what they cannot read.
 *
 * @throws TypeError or RangeError for an option that does not exist or is not what it must be
 */
export function checkChartOptions<T extends object>(where: string, options: T, table: kinds.KindsOf<T>): void {
  const all: kinds.Kinds = table;
  for (const [name, value] of Object.entries(options ?? {})) {
    const found = shown(value);
    if (found === undefined || all[name]?.accepts(value) !== false) continue;
    const Mistake = typeof value === "number" ? RangeError : TypeError;
    throw new Mistake(`${where} expected ${name} to be ${all[name].expected} but found ${found}.`);
  }
  checkOptions(where, options, table);
  const { color, labelColors, vmin, vmax } = options as { readonly [option: string]: unknown };
  if (color !== undefined) checkColor(where, "color", color as string);
  for (const one of (labelColors ?? []) as readonly string[]) checkColor(where, "labelColors", one);
  if (typeof vmin === "number" && typeof vmax === "number" && vmin > vmax) {
    throw new RangeError(`${where} expected vmin to be less than vmax but found ${vmin} and ${vmax}.`);
  }
}

/** A number, or a short list of numbers, in full. */
function shown(value: unknown): string | undefined {
  if (typeof value === "number") return `${value}`;
  return Array.isArray(value) && value.length < 4 && value.every(Number.isFinite) ? `[${value.join(", ")}]` : undefined;
}

function checkColor(where: string, name: string, value: string): void {
  // d3 does not read newer notations, oklch(…) or var(…).
  if (value.includes("(") || color(value) !== null) return;
  throw new RangeError(
    `${where}: the ${name} "${value}" is no CSS color. Write one such as "crimson", "steelblue" or "#1f77b4".`,
  );
}
