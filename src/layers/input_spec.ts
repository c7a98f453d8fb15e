import { asList } from "../backend/lists";
import { formatShape, type Shape, shapesOf } from "./keras_tensor";

/** What a layer expects of an input. */
export interface InputSpec {
  /** The exact number of axes. */
  readonly ndim?: number;
  readonly minNdim?: number;
  readonly maxNdim?: number;
  /** Sizes by axis, negative ones counted from the end: `{ "-1": 784 }`. */
  readonly axes?: { readonly [axis: string]: number };
}

/** Throws an error that names the layer if an input does not fit its specification. */
export function checkInput(
  layer: string,
  spec: InputSpec | readonly InputSpec[] | undefined,
  shapes: Shape | readonly Shape[],
): void {
  if (spec === undefined) return;
  const specs = asList<InputSpec>(spec);
  const list = shapesOf(shapes);
  if (list.length !== specs.length) {
    throw new RangeError(`Layer "${layer}" expected ${specs.length} inputs, but found ${list.length}.`);
  }
  for (const [i, shape] of list.entries()) {
    const wanted = unmet(specs[i]!, shape);
    if (wanted === undefined) continue;
    const which = list.length === 1 ? "input" : `input ${i}`;
    throw new RangeError(
      `Layer "${layer}" expected ${which} ${wanted}, but found shape ${formatShape(shape)}.${hint(specs[i]!, shape)}`,
    );
  }
}

function unmet(spec: InputSpec, shape: Shape): string | undefined {
  const rank = shape.length;
  if (spec.ndim !== undefined && rank !== spec.ndim) return `with ${spec.ndim} axes (batch included)`;
  if (spec.minNdim !== undefined && rank < spec.minNdim) return `with at least ${spec.minNdim} axes (batch included)`;
  if (spec.maxNdim !== undefined && rank > spec.maxNdim) return `with at most ${spec.maxNdim} axes (batch included)`;
  for (const [axis, size] of Object.entries(spec.axes ?? {})) {
    const found = shape.at(Number(axis));
    if (found !== null && found !== size) return `of size ${size} on axis ${axis}`;
  }
  return undefined;
}

function hint(spec: InputSpec, shape: Shape): string {
  if (spec.ndim === 4 && shape.length === 3)
    return " An image needs a channel axis: reshape to [-1, height, width, 1].";
  const last = spec.axes?.["-1"];
  const size = shape.slice(1).reduce<number>((product, n) => product * (n ?? 0), 1);
  if (last !== undefined && shape.length > 2 && size === last)
    return ` Put a Flatten() layer before it, or reshape the data to [-1, ${last}].`;
  return "";
}

/** The shape of a weight, if all its sizes are known; otherwise an error that names the weight. */
export function knownSizes(layer: string, weight: string, shape: readonly (number | null | undefined)[]): number[] {
  return shape.map((size) => {
    if (typeof size === "number" && Number.isInteger(size) && size >= 0) return size;
    throw new RangeError(
      `Weight "${weight}" of layer "${layer}" needs a shape of known sizes, but found [${shape.map((s) => s ?? "null").join(", ")}]. ` +
        "Give the model's input a shape that fixes them.",
    );
  });
}
