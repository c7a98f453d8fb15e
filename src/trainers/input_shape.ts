import { sizeFromShape } from "../backend/shapes";
import { formatShape, type KerasTensor, type Shape } from "../layers/keras_tensor";

/** Whether a shape has the sizes of another, in which null takes any. */
export const matches = (found: Shape, wanted: Shape): boolean =>
  found.length === wanted.length && wanted.every((size, axis) => size === null || size === found[axis]);

/** Throws unless data of a shape fit an input, with an axis of 1 at the end more or less. The batch is not looked at. */
export function checkInput(input: KerasTensor, found: Shape): void {
  const [sample, wanted] = [found.slice(1), input.shape.slice(1)];
  if (matches(sample, wanted)) return;
  if (sample.at(-1) === 1 && matches(sample.slice(0, -1), wanted)) return;
  if (wanted.at(-1) === 1 && matches([...sample, 1], wanted)) return;
  throw new RangeError(inputMismatch(input, found));
}

/** The message about data that do not fit an input. */
export function inputMismatch(input: KerasTensor, found: Shape): string {
  const expected = `Expected data of shape ${formatShape(input.shape)} for input "${input.name}" but found ${formatShape(found)}.`;
  const wanted = input.shape.slice(1);
  if (found.length === input.rank + 1 && String(found.slice(2)) === String(wanted)) return expected;
  if (String(found) === String(wanted)) return `${expected} For a single sample add the batch axis: expandDims(0).`;
  if (sizeFromShape(found.slice(1)) !== sizeFromShape(wanted)) return expected;
  const shape = `[-1, ${wanted.join(", ")}]`;
  return `${expected} Reshape the data to ${shape}, or start the model with a layer that does${input.rank === 2 ? " (Flatten)" : ""}.`;
}
