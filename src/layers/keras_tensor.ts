import { inspect } from "node:util";
import type * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import { autoName } from "../utils/naming";
import type { Layer } from "./layer";

/** Sizes of a tensor; `null` for one that is unknown until there is data, such as the batch: `[null, 784]`. */
export type Shape = readonly (number | null)[];

/** Whether this is one shape rather than a list of them. */
export function isShape(shape: Shape | readonly Shape[]): shape is Shape {
  return shape.every((size) => size === null || typeof size === "number");
}

/** One shape or several as a list. */
export const shapesOf = (shape: Shape | readonly Shape[]): readonly Shape[] => (isShape(shape) ? [shape] : shape);

/** A shape as Keras writes it: `(None, 784)`, `(None,)`. */
export function formatShape(shape: Shape): string {
  return `(${shape.map((size) => size ?? "None").join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** Shape and type of a tensor that a layer will make. */
export interface OutputSpec {
  readonly shape: Shape;
  readonly dtype: tf.DataType;
}

/** One call of a layer in a functional model: what went in, what came out. */
export interface Node {
  readonly layer: Layer;
  /** The inputs as they were given: one, or a list. */
  readonly inputs: KerasTensor | readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  /** Whether the layer gave a list. */
  readonly multipleOutputs: boolean;
  readonly options: { readonly [name: string]: unknown };
}

const inList = (value: unknown): readonly KerasTensor[] =>
  asList<unknown>(value).filter((item) => item instanceof KerasTensor);

/** All tensors that go into a call: its inputs, then those among the options (a mask, the initial states). */
export const sourcesOf = ({ inputs, options }: Node): readonly KerasTensor[] => [
  ...inList(inputs),
  ...Object.values(options).flatMap(inList),
];

/** The options of a call with its tensors replaced. */
export function mapTensors<T>(options: Node["options"], to: (tensor: KerasTensor) => T): { [name: string]: unknown } {
  const map = (value: unknown): unknown => (value instanceof KerasTensor ? to(value) : value);
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, Array.isArray(value) ? value.map(map) : map(value)]),
  );
}

/**
 * A tensor that does not exist yet: its shape and type, and the layer call that will make it.
 * `keras.Input` makes the first ones, calling a layer on one makes the next.
 */
export class KerasTensor {
  readonly shape: Shape;
  readonly dtype: tf.DataType;
  readonly name: string;
  /** The layer call that makes this tensor. */
  readonly node: Node;
  /** Which of the node's outputs this is. */
  readonly index: number;

  constructor(shape: Shape, options: { dtype?: tf.DataType; name?: string; node: Node; index?: number }) {
    this.shape = shape;
    this.dtype = options.dtype ?? "float32";
    this.name = options.name ?? autoName("KerasTensor");
    this.node = options.node;
    this.index = options.index ?? 0;
  }

  /** How many axes it has. */
  get rank(): number {
    return this.shape.length;
  }

  [inspect.custom](): string {
    return `<KerasTensor shape=${formatShape(this.shape)}, dtype=${this.dtype}, name=${this.name}>`;
  }
}
