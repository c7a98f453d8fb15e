import { formatShape, type Shape } from "../layers/keras_tensor";
import type * as losses from "../losses/index";
import type { SizedColumn } from "./data";
import { matches } from "./input_shape";

/** Throws, with the likely fix, unless the labels of one output suit its loss. */
export function checkLabels(what: string, column: SizedColumn, output: Shape, loss: losses.Loss): void {
  const name = loss.name;
  const classes = output.at(-1);
  const shape = formatShape([null, ...column.shape]);
  const predicted = formatShape(output);
  if (name === "sparse_categorical_crossentropy") {
    const withAxis = column.shape.length === output.length - 1;
    const last = column.shape.at(-1);
    if (column.shape.length !== output.length - 2 && !(withAxis && last === 1)) {
      const oneHot = withAxis && last === classes;
      throw new RangeError(
        `Expected ${what} to hold one integer label for each prediction of shape ${predicted}, for ${name}, but found shape ${shape}.` +
          (oneHot ? " For one-hot labels use categorical_crossentropy." : ""),
      );
    }
    if (typeof classes === "number")
      checkClasses(what, column, classes, name, (loss as { ignoreClass?: number | null }).ignoreClass);
    return;
  }
  if (name === "categorical_crossentropy" && !matches(column.shape, output.slice(1))) {
    const integers = column.shape.length === output.length - 2 || column.shape.at(-1) === 1;
    throw new RangeError(
      `Expected labels of shape ${predicted} for ${name} but found ${shape} in ${what}.` +
        (integers ? " For integer labels use sparse_categorical_crossentropy, or toCategorical()." : ""),
    );
  }
  if (elementwise.has(name)) checkElementwise(what, column, output, name);
  if (name === "binary_crossentropy") checkProbabilities(what, column);
}

const elementwise = new Set([
  "binary_crossentropy",
  "mean_squared_error",
  "mean_absolute_error",
  "mean_absolute_percentage_error",
  "mean_squared_logarithmic_error",
  "huber",
  "log_cosh",
]);

/** Throws unless the targets of a loss that compares number by number have the output's shape, up to an axis of 1. */
function checkElementwise(what: string, column: SizedColumn, output: Shape, name: string): void {
  const found = column.shape;
  const wanted = output.slice(1);
  const squeezed = (shape: Shape) => (shape.at(-1) === 1 ? shape.slice(0, -1) : shape);
  if ([wanted, squeezed(wanted)].some((shape) => matches(found, shape) || matches(squeezed(found), shape))) return;
  const hint =
    found.length === 0 && (wanted.at(-1) ?? 0) > 1
      ? ` The model gives ${wanted.at(-1)} numbers for each sample: end it with Dense(1), or for classes use sparse_categorical_crossentropy.`
      : "";
  throw new RangeError(
    `Expected ${what} of the shape of the predictions ${formatShape(output)} for ${name} but found ${formatShape([null, ...found])}.${hint}`,
  );
}

function checkClasses(
  what: string,
  { values }: SizedColumn,
  classes: number,
  name: string,
  ignored: number | null | undefined,
): void {
  const i = values.findIndex(
    (label) => !(label >= 0 && label < classes && Number.isInteger(label)) && label !== ignored,
  );
  if (i < 0) return;
  const label = values[i]!;
  const hint =
    classes === 1
      ? " The model gives one number for each sample: end it with a Dense of as many units as there are classes."
      : label === classes
        ? ` If the labels count from 1, subtract 1; if there are ${classes + 1} classes, give the last layer as many units.`
        : "";
  throw new RangeError(
    `Expected labels from 0 to ${classes - 1} for ${name} and ${classes} outputs, but found ${label} in row ${i} of ${what}.${hint}`,
  );
}

function checkProbabilities(what: string, { values }: SizedColumn): void {
  const i = values.findIndex((label) => !(label >= 0 && label <= 1));
  if (i < 0) return;
  throw new RangeError(
    `Expected labels from 0 to 1 for binary_crossentropy, but found ${values[i]} in ${what}. For several classes use sparse_categorical_crossentropy.`,
  );
}
