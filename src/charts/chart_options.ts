import { color } from "d3-color";
import { checkOptions, describe, numberOption } from "../options/options";

type Check = (where: string, name: string, value: unknown) => void;

const text: Check = (where, name, value) => {
  if (typeof value !== "string") throw wrong(where, name, "a text", value);
};
const whether: Check = (where, name, value) => {
  if (typeof value !== "boolean") throw wrong(where, name, "true or false", value);
};
const list: Check = (where, name, value) => {
  if (!Array.isArray(value)) throw wrong(where, name, "a list", value);
};
const number: Check = (where, name, value) => {
  if (!Number.isFinite(value)) throw wrong(where, name, "a finite number", value);
};
const pixels: Check = (where, name, value) => void numberOption(where, name, value, { min: 1, max: 10_000 });
const limits: Check = (where, name, value) => {
  const pair = Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] !== value[1];
  if (!pair) throw wrong(where, name, "two different numbers, [least, greatest],", value);
};
const scale: Check = (where, name, value) => {
  if (!["linear", "log", "symlog"].includes(value as string))
    throw wrong(where, name, '"linear", "log" or "symlog"', value);
};
const cssColor: Check = (where, name, value) => {
  text(where, name, value);
  // Newer notations, oklch(…) or var(…), are left to what draws.
  if (!String(value).includes("(") && color(String(value)) === null) {
    throw new RangeError(
      `${where}: the ${name} "${value}" is no CSS colour. Write one such as "crimson", "steelblue" or "#1f77b4".`,
    );
  }
};

/** What an option must be, wherever it is taken. */
const checks: { readonly [option: string]: Check } = {
  title: text,
  xlabel: text,
  ylabel: text,
  label: text,
  metric: text,
  cmap: text,
  color: cssColor,
  alpha: (where, name, value) => void numberOption(where, name, value, { min: 0, max: 1 }),
  xscale: scale,
  yscale: scale,
  xlim: limits,
  ylim: limits,
  vmin: number,
  vmax: number,
  width: pixels,
  height: pixels,
  size: pixels,
  legend: whether,
  annot: whether,
  normalize: whether,
  showShapes: whether,
  showLayerNames: whether,
  showParams: whether,
  labels: list,
  labelColors: (where, name, value) => {
    list(where, name, value);
    for (const one of value as readonly unknown[]) cssColor(where, name, one);
  },
  xticklabels: list,
  yticklabels: list,
  classes: list,
  metrics: list,
};

/**
 * Throws for an option that does not exist (a TypeError that suggests one) or is not what it must be: what draws would
 * show nothing, and say nothing.
 */
export function checkChartOptions(where: string, options: unknown, allowed: readonly string[]): void {
  checkOptions(where, options, allowed);
  const given = (options ?? {}) as { readonly [option: string]: unknown };
  for (const [name, value] of Object.entries(given)) if (value !== undefined) checks[name]?.(where, name, value);
  const { vmin, vmax } = given;
  if (typeof vmin === "number" && typeof vmax === "number" && vmin > vmax) {
    throw new RangeError(`${where} expects vmin to be less than vmax but found ${vmin} and ${vmax}.`);
  }
}

function wrong(where: string, name: string, expected: string, found: unknown): TypeError {
  const short = typeof found === "number" || (Array.isArray(found) && found.length < 4 && found.every(Number.isFinite));
  const what = short ? `${Array.isArray(found) ? `[${found.join(", ")}]` : found}` : describe(found);
  return new TypeError(`${where} expects ${name} to be ${expected} but found ${what}.`);
}
