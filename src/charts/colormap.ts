import { rgb } from "d3-color";
import * as chromatic from "d3-scale-chromatic";
import { didYouMean } from "../options/options";

/** 256 colours, three bytes each: what a grey value becomes. */
export type Colormap = Uint8Array;

const steps = 256;

const greys: { readonly [name: string]: (t: number) => number } = {
  gray: (t) => t * 255,
  gray_r: (t) => 255 - t * 255,
};
const aliases: { readonly [name: string]: string } = {
  grey: "gray",
  grey_r: "gray_r",
  binary: "gray_r",
  binary_r: "gray",
};

/** d3's name of a matplotlib colour map: `viridis` → `interpolateViridis`. */
const interpolators = new Map(
  Object.entries(chromatic).flatMap(([name, value]) =>
    name.startsWith("interpolate")
      ? [[name.slice("interpolate".length).toLowerCase(), value as (t: number) => string]]
      : [],
  ) as readonly [string, (t: number) => string][],
);

/** Names of the colour maps, each also with `_r` for its reverse. */
export const colormaps: readonly string[] = [...Object.keys(greys), ...interpolators.keys()];

/**
 * A colour map by its matplotlib name, in any case: `gray`, `gray_r`, `viridis`, `magma`, `Blues`, `RdBu_r` …
 *
 * @throws RangeError for a name that is not known
 * @see https://matplotlib.org/stable/users/explain/colors/colormaps.html
 */
export function colormap(name: string): Colormap {
  const lower = name.toLowerCase();
  const key = aliases[lower] ?? lower;
  const grey = greys[key];
  const reversed = key.endsWith("_r");
  const interpolate = interpolators.get(reversed ? key.slice(0, -2) : key);
  if (!grey && !interpolate) {
    throw new RangeError(
      `Unknown colour map "${name}". ${didYouMean(name, colormaps) || `Known are ${colormaps.join(", ")}.`}`,
    );
  }
  const table = new Uint8Array(3 * steps);
  for (let step = 0; step < steps; step++) {
    const t = step / (steps - 1);
    if (grey) table.fill(Math.round(grey(t)), 3 * step, 3 * step + 3);
    else if (interpolate) {
      const { r, g, b } = rgb(interpolate(reversed ? 1 - t : t));
      table.set([r, g, b], 3 * step);
    }
  }
  return table;
}

/** The colours as CSS, thinned to `count`, for charts that interpolate themselves. */
export function cssColors(name: string, count = 9): string[] {
  const table = colormap(name);
  return Array.from({ length: count }, (_, i) => {
    const at = 3 * Math.round((i / (count - 1)) * (steps - 1));
    return `rgb(${table[at]},${table[at + 1]},${table[at + 2]})`;
  });
}
