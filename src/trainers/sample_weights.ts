import { sizeFromShape } from "../backend/shapes";
import * as kinds from "../options/kinds";
import { checked, describe } from "../options/options";
import { type SizedColumn, toColumn } from "./data";

/** How much a sample of a class counts, by the class's number; 1 for classes that are not named. */
export type ClassWeight = { readonly [label: number]: number } | ReadonlyMap<number, number>;

/** Sample weights that give each sample its class's weight. */
export function classWeightColumn(weights: ClassWeight, labels: SizedColumn): SizedColumn {
  checked("model.fit()", "classWeight", weights, kinds.object);
  const table =
    weights instanceof Map
      ? weights
      : new Map(Object.entries(weights).map(([label, weight]) => [Number(label), weight]));
  for (const [label, weight] of table) {
    if (Number.isInteger(label) && typeof weight === "number" && weight >= 0) continue;
    throw new TypeError(
      `classWeight maps class numbers to weights, as in { 0: 1, 1: 2.5 }, but found ${label}: ${describe(weight)}.`,
    );
  }
  const { values, rows, shape } = labels;
  const width = sizeFromShape(shape);
  if (shape.length > 1) {
    throw new RangeError(
      `classWeight needs one label for each sample, but the labels of a sample have shape [${shape.join(", ")}].`,
    );
  }
  const column = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = width === 1 ? values[row]! : argMax(values, row * width, width);
    column[row] = table.get(label) ?? 1;
  }
  return { values: column, rows, shape: [], dtype: "float32" };
}

function argMax(values: ArrayLike<number>, from: number, width: number): number {
  let best = 0;
  for (let i = 1; i < width; i++) if (values[from + i]! > values[from + best]!) best = i;
  return best;
}

/** Sample weights as a column of floats. */
export function sampleWeightColumn(what: string, weights: unknown): SizedColumn {
  const column = toColumn(what, weights, { dtype: "float32" });
  return column.shape.length === 1 && column.shape[0] === 1 ? { ...column, shape: [] } : column;
}
