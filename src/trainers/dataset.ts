import type { Shape } from "../layers/keras_tensor";
import { inputMismatch } from "../models/graph";
import type { KerasModel } from "../models/model";
import type { Compilation } from "./compilation";
import { checkFinite, checkRows, type Data, type SizedColumn, splitData, toColumn } from "./data";
import { checkLabels } from "./labels";
import { type ClassWeight, classWeightColumn, sampleWeightColumn } from "./sample_weights";
import type { BatchLayout } from "./steps";

/** Arrays ready to be trained on: columns in the order of a step's batch. */
export interface Dataset {
  readonly columns: readonly SizedColumn[];
  readonly rows: number;
  readonly layout: BatchLayout;
}

/** What goes with the inputs. */
export interface Targets {
  readonly y?: Data | undefined;
  readonly sampleWeight?: Data | undefined;
  readonly classWeight?: ClassWeight | undefined;
}

/** The inputs as columns, checked against the model, which is built from them if need be. */
export function inputColumns(model: KerasModel, x: Data, what = "x"): SizedColumn[] {
  const known = model.graph?.inputs;
  const names = known?.map(({ name }) => name) ?? namesOf(x, what);
  const columns = splitData(what, x, names).map((data, i) => {
    const input = known?.[i];
    const shape = input?.shape.slice(1) ?? model.expectedInputShape;
    return toColumn(names.length === 1 ? what : `${what} "${names[i]}"`, data, {
      ...(input === undefined ? {} : { dtype: input.dtype }),
      ...(shape === undefined ? {} : { shape }),
    });
  });
  checkRows(columns.map((column, i) => ({ what: names.length === 1 ? what : `${what} "${names[i]}"`, column })));
  for (const column of columns) checkFinite(what, column);
  model.buildFor(columns);
  const { graph } = model;
  if (graph === undefined) return columns;
  return columns.map((column, i) => {
    const input = graph.inputs[i];
    if (input === undefined) return column;
    if (!fitsInput(column.shape, input.shape.slice(1)))
      throw new RangeError(inputMismatch(input, [column.rows, ...column.shape]));
    return { ...column, dtype: input.dtype as SizedColumn["dtype"] };
  });
}

function namesOf(x: Data, what: string): string[] {
  const several = Array.isArray(x) && typeof x[0] === "object" && x[0] !== null && "shape" in x[0];
  return several ? (x as readonly unknown[]).map((_, i) => `${what}[${i}]`) : [what];
}

function fitsInput(found: Shape, wanted: Shape): boolean {
  const same = (a: Shape, b: Shape) =>
    a.length === b.length && b.every((size, axis) => size === null || size === a[axis]);
  if (same(found, wanted)) return true;
  if (found.length === wanted.length + 1 && found.at(-1) === 1) return same(found.slice(0, -1), wanted);
  return found.length === wanted.length - 1 && wanted.at(-1) === 1 && same([...found, 1], wanted);
}

/** Arrays for training or testing, checked against the model and its loss before anything is run. */
export function makeDataset(
  model: KerasModel,
  compilation: Compilation,
  x: Data,
  targets: Targets,
  prefix = "",
): Dataset {
  const inputs = inputColumns(model, x, `${prefix}x`);
  const outputs = model.outputInfo;
  const names = outputs.map(({ name }) => name);
  const what = (base: string, i: number) =>
    names.length === 1 ? `${prefix}${base}` : `${prefix}${base} "${names[i]}"`;
  const ys =
    targets.y === undefined
      ? []
      : splitData(`${prefix}y`, targets.y, names).map((data, i) => toColumn(what("y", i), data));
  compilation.build(
    outputs.map(({ name, shape }, i) => ({
      name,
      prediction: shape,
      target: [null, ...(ys[i]?.shape ?? shape.slice(1))],
    })),
  );
  const rows = checkRows([
    ...inputs.map((column) => ({ what: `${prefix}x`, column })),
    ...ys.map((column, i) => ({ what: what("y", i), column })),
  ]);
  for (const [i, column] of ys.entries()) checkFinite(what("y", i), column);
  for (const { output, loss } of compilation.loss.parts) {
    const column = ys[output];
    if (column === undefined) {
      throw new TypeError(
        `Expected labels for the loss ${loss.name}, but found none. Give them after the inputs: fit(x, y).`,
      );
    }
    checkLabels(what("y", output), column, outputs[output]?.shape ?? [], loss);
  }
  const weights = weightColumns(targets, ys, names, prefix);
  const present = weights.filter((column) => column !== undefined);
  checkRows([
    { what: `${prefix}x`, column: inputs[0] as SizedColumn },
    ...present.map((column) => ({ what: `${prefix}sampleWeight`, column })),
  ]);
  return {
    columns: [...inputs, ...ys, ...present],
    rows,
    layout: { inputs: inputs.length, targets: ys.length, weighted: weights.map((column) => column !== undefined) },
  };
}

function weightColumns(
  { sampleWeight, classWeight }: Targets,
  ys: readonly SizedColumn[],
  names: readonly string[],
  prefix: string,
): (SizedColumn | undefined)[] {
  if (classWeight !== undefined && sampleWeight !== undefined) {
    throw new Error(
      "fit() takes classWeight or sampleWeight, not both: multiply the class's weight into the sample weights.",
    );
  }
  if (classWeight !== undefined) {
    if (ys.length !== 1)
      throw new Error(`classWeight is for models with one output, but this one has ${names.length}.`);
    return [classWeightColumn(classWeight, ys[0] as SizedColumn)];
  }
  if (sampleWeight === undefined) return names.map(() => undefined);
  // One array of weights goes for all outputs.
  const list = splitData(
    `${prefix}sampleWeight`,
    sampleWeight,
    Array.isArray(sampleWeight) && typeof sampleWeight[0] === "object" ? names : ["sampleWeight"],
  );
  return names.map((_, i) => sampleWeightColumn(`${prefix}sampleWeight`, list[i] ?? list[0]));
}

/** A dataset without targets, as predictions need. */
export function inputsOnly(columns: readonly SizedColumn[]): Dataset {
  return { columns, rows: columns[0]?.rows ?? 0, layout: { inputs: columns.length, targets: 0, weighted: [] } };
}

/** The rows from `start` to `end` of a dataset, without a copy. */
export function sliceDataset(data: Dataset, start: number, end: number): Dataset {
  const columns = data.columns.map((column) => {
    const width = column.shape.reduce((product, size) => product * size, 1);
    return { ...column, rows: end - start, values: column.values.subarray(start * width, end * width) };
  });
  return { ...data, columns, rows: end - start };
}
