import { sizeFromShape } from "../backend/shapes";
import type { Compilation } from "./compilation";
import { checkFinite, checkRows, type Data, type Dataset, type SizedColumn, splitData, toColumn } from "./data";
import { checkInput } from "./input_shape";
import { checkLabels } from "./labels";
import type { TrainableModel } from "./model";
import { type ClassWeight, classWeightColumn, sampleWeightColumn } from "./sample_weights";

/** What goes with the inputs. */
export interface Targets {
  readonly y?: Data | undefined;
  readonly sampleWeight?: Data | undefined;
  readonly classWeight?: ClassWeight | undefined;
}

/** The inputs as columns, checked against the model, which is built from them if need be. */
function inputColumns(model: TrainableModel, x: Data, what: string): SizedColumn[] {
  const known = model.graph?.inputs;
  const names = known?.map(({ name }) => name) ?? namesOf(x, what);
  const whats = names.map((name) => (names.length === 1 ? what : `${what} "${name}"`));
  const columns = splitData(what, x, names).map((data, i) => {
    const input = known?.[i];
    const shape = input?.shape.slice(1) ?? model.expectedInputShape;
    return toColumn(whats[i]!, data, {
      ...(input === undefined ? {} : { dtype: input.dtype }),
      ...(shape === undefined ? {} : { shape }),
    });
  });
  checkRows(columns.map((column, i) => ({ what: whats[i]!, column })));
  for (const column of columns) checkFinite(what, column);
  model.buildFor(columns);
  return columns.map((column, i) => {
    const input = model.graph?.inputs[i];
    if (input === undefined) return column;
    checkInput(input, [column.rows, ...column.shape]);
    return { ...column, dtype: input.dtype as SizedColumn["dtype"] };
  });
}

function namesOf(x: Data, what: string): string[] {
  const several = Array.isArray(x) && typeof x[0] === "object" && x[0] !== null && "shape" in x[0];
  return several ? (x as readonly unknown[]).map((_, i) => `${what}[${i}]`) : [what];
}

/** A dataset without targets, as predictions need; see {@link makeDataset}. */
export function inputsOnly(model: TrainableModel, x: Data, what = "x"): Dataset {
  const columns = inputColumns(model, x, what);
  return { columns, rows: columns[0]?.rows ?? 0, layout: { inputs: columns.length, targets: 0, weighted: [] } };
}

/** Arrays for training or testing, checked against the model and its loss before anything is run. */
export function makeDataset(
  model: TrainableModel,
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
  const given = targets.y === undefined ? [] : splitData(`${prefix}y`, targets.y, names);
  const ys = given.map((data, i) => toColumn(what("y", i), data));
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
    { what: `${prefix}x`, column: inputs[0]! },
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
    return [classWeightColumn(classWeight, ys[0]!)];
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

/** The rows from `start` to `end` of a dataset, without a copy. */
export function sliceDataset(data: Dataset, start: number, end: number): Dataset {
  const columns = data.columns.map((column) => {
    const width = sizeFromShape(column.shape);
    return { ...column, rows: end - start, values: column.values.subarray(start * width, end * width) };
  });
  return { ...data, columns, rows: end - start };
}
