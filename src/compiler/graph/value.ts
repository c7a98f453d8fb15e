/** Element types of a graph, by their ONNX names. Of these TensorFlow.js has float32, int32 and bool. */
export type DType = "float32" | "float64" | "int32" | "int64" | "uint32" | "uint8" | "bool";

/** The JavaScript array that holds a constant of each element type. */
export type Data = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint32Array | Uint8Array;

/** The array type of each element type. */
export const dataTypes = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;

/** An ONNX attribute. A number is an integer; `f` marks a float. */
export type Attribute = number | string | readonly number[] | { readonly f: number };

/** What an operation yields: element type and static shape. */
export interface Type {
  readonly dtype: DType;
  readonly shape: readonly number[];
}

/** One operation of the graph. Leaves are `Constant` and `Input`; every other `op` is an ONNX operator. */
export interface Node {
  readonly id: number;
  readonly op: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly outputs: readonly Value[];
  /** The elements of a `Constant`. */
  readonly data?: Data;
  /** The name of an `Input`, unique in its graph. */
  readonly name?: string;
}

/** One output of a node. */
export interface Value extends Type {
  readonly node: Node;
  readonly index: number;
}

/** True when both shapes have the same lengths. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The shape of an element-wise operation on both shapes, by NumPy's broadcasting rule. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new Error(`Shapes [${a}] and [${b}] cannot be broadcast together.`);
    }
    return x === 1 ? y : x;
  });
}

/** The one element of a constant that holds a single number, otherwise undefined. */
export function scalarOf(value: Value | undefined): number | undefined {
  if (!value) return undefined;
  if (value.node.op === "Fill") return scalarOf(value.node.inputs[0]);
  return value.node.data?.length === 1 ? Number(value.node.data[0]) : undefined;
}
