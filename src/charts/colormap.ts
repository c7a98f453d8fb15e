import { rgb } from "d3-color";
import * as chromatic from "d3-scale-chromatic";
import { didYouMean } from "../options/options";

/** 256 colors, three bytes each: what a gray value becomes. */
export type Colormap = Uint8Array;

const steps = 256;

const gray = (t: number) => `rgb(${Array(3).fill(Math.round(255 * t))})`;
const aliases: { readonly [name: string]: string } = {
  grey: "gray",
  grey_r: "gray_r",
  binary: "gray_r",
  binary_r: "gray",
};

/** d3's functions by matplotlib's names in lower case: `interpolateViridis` is `viridis`. */
const interpolators = new Map<string, (t: number) => string>([
  ["gray", gray],
  ["gray_r", (t) => gray(1 - t)],
  ...Object.entries(chromatic)
    .filter(([name]) => name.startsWith("interpolate"))
    .map(([name, value]) => [name.slice("interpolate".length).toLowerCase(), value as (t: number) => string] as const),
]);

/** Names of the color maps, each also with `_r` for its reverse. */
export const colormaps: readonly string[] = [...interpolators.keys()];

/**
 * A color map by its matplotlib name, in any case: `gray`, `gray_r`, `viridis`, `magma`, `Blues`, `RdBu_r` …
 *
 * @throws RangeError for an unknown name
 * @see https://matplotlib.org/stable/users/explain/colors/colormaps.html
 */
export function colormap(name: string): Colormap {
  const lower = name.toLowerCase();
  const key = aliases[lower] ?? lower;
  const reversed = !interpolators.has(key) && key.endsWith("_r");
  const interpolate = interpolators.get(reversed ? key.slice(0, -2) : key);
  if (!interpolate) {
    const hint = didYouMean(name, colormaps) || `Known are ${colormaps.join(", ")}.`;
    throw new RangeError(`Unknown color map "${name}". ${hint}`);
  }
  const table = new Uint8Array(3 * steps);
  for (let step = 0; step < steps; step++) {
    const t = step / (steps - 1);
    const { r, g, b } = rgb(interpolate(reversed ? 1 - t : t));
    table.set([r, g, b], 3 * step);
  }
  return table;
}

/** `count` of the colors as CSS, for charts that interpolate themselves. */
export function cssColors(name: string, count = 9): string[] {
  const table = colormap(name);
  return Array.from({ length: count }, (_, i) => {
    const at = 3 * Math.round((i / (count - 1)) * (steps - 1));
    return `rgb(${table[at]},${table[at + 1]},${table[at + 2]})`;
  });
}
