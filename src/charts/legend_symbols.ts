import type { Series } from "./series";

type Mark = Series["mark"];

const isLine = (mark: Mark) => mark["type"] === "line";
const shape = (mark: Mark) =>
  isLine(mark) ? "M-1.6,0L1.6,0" : (mark["shape"] ?? (mark["type"] === "bar" ? "square" : "circle"));

/** Vega-Lite gives all entries of a legend one symbol; where the marks differ, each entry gets its own. */
export function legendSymbols(series: readonly Series[]): object {
  const named = series.filter(({ label }) => label !== undefined);
  if (new Set(named.map(({ mark }) => `${shape(mark)} ${mark["strokeDash"]}`)).size < 2) return {};
  const labels = JSON.stringify(named.map(({ label }) => label));
  // A Vega expression that looks up an entry's value by its label.
  const each = (value: (mark: Mark) => unknown) => ({
    value: { signal: `${JSON.stringify(named.map(({ mark }) => value(mark)))}[indexof(${labels}, datum.value)]` },
  });
  const symbols = { shape: each(shape), strokeDash: each((mark) => mark["strokeDash"] ?? []), opacity: { value: 1 } };
  // One size and width for all: Vega computes the room for symbols only then.
  return { symbolSize: 80, symbolStrokeWidth: 2, encoding: { symbols } };
}
