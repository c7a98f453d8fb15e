import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { print } from "./print";
import { type Data, type DType, dataTypes, type Node, type Type, type Value } from "./value";

/** The elements `values` in the array type of `dtype`. */
function dataOf(dtype: DType, values: ArrayLike<number>): Data {
  if (dtype === "int64") return BigInt64Array.from(Array.from(values, BigInt));
  return new dataTypes[dtype](values);
}

/**
 * A graph of pure operations under construction; `String(graph)` shows it.
 *
 * Adding an equal operation again returns the first one, so common subexpressions are shared from the start. Operations
 * that no output depends on have no effect.
 */
export class Graph {
  #nodeCount = 0;
  readonly #known = new Map<string, Node>();

  /** Adds an operation with one or several outputs. */
  node(
    op: string,
    inputs: readonly (Value | undefined)[],
    types: readonly Type[],
    attributes: Node["attributes"] = {},
  ): readonly Value[] {
    const operands = inputs.map((value) => (value ? `${value.node.id}.${value.index}` : ""));
    const results = types.map((type) => `${type.dtype}[${type.shape}]`);
    const key = `${op}(${operands})${JSON.stringify(attributes)}${results}`;
    const known = this.#known.get(key);
    if (known) return known.outputs;
    return this.#remember(key, { op, inputs, attributes }, types).outputs;
  }

  /** Adds an operation with one output. */
  op(op: string, inputs: readonly (Value | undefined)[], type: Type, attributes?: Node["attributes"]): Value {
    return this.node(op, inputs, [type], attributes)[0]!;
  }

  /** A constant tensor. Its elements must not be changed afterwards. */
  constant(data: Data, dtype: DType, shape: readonly number[]): Value {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `${dtype}[${shape}]${createHash("sha1").update(bytes).digest("base64")}`;
    const node = this.#known.get(key) ?? this.#remember(key, { op: "Constant", inputs: [], data }, [{ dtype, shape }]);
    return node.outputs[0]!;
  }

  /** A constant of the given numbers; without `shape` a vector. */
  numbers(values: ArrayLike<number>, dtype: DType, shape: readonly number[] = [values.length]): Value {
    return this.constant(dataOf(dtype, values), dtype, shape);
  }

  /** A constant without axes. */
  scalar(value: number, dtype: DType = "float32"): Value {
    return this.numbers([value], dtype, []);
  }

  /** A constant vector of 64-bit integers: shapes, axes and bounds, as ONNX wants them. */
  integers(values: readonly number[]): Value {
    return this.numbers(values, "int64");
  }

  /** A tensor whose elements are all `value`; it stays a scalar wherever it is broadcast anyway. */
  fill(value: number, dtype: DType, shape: readonly number[]): Value {
    if (shape.length === 0) return this.scalar(value, dtype);
    return this.op("Fill", [this.scalar(value, dtype)], { dtype, shape });
  }

  /** A tensor that is supplied when the graph runs. */
  input(name: string, dtype: DType, shape: readonly number[]): Value {
    const key = `input ${name}`;
    const node = this.#known.get(key) ?? this.#remember(key, { op: "Input", inputs: [], name }, [{ dtype, shape }]);
    return node.outputs[0]!;
  }

  #remember(key: string, parts: Pick<Node, "op" | "inputs"> & Partial<Node>, types: readonly Type[]): Node {
    const outputs: Value[] = [];
    const node: Node = { attributes: {}, ...parts, id: this.#nodeCount++, outputs };
    types.forEach(({ dtype, shape }, index) => {
      if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
        throw new Error(`${node.op} would have the shape [${shape}]; every length must be known.`);
      }
      outputs.push(new Output(node, index, dtype, [...shape]));
    });
    this.#known.set(key, node);
    return node;
  }

  toString(): string {
    const nodes = [...this.#known.values()];
    const used = new Set(nodes.flatMap(({ inputs }) => inputs));
    return print(nodes.flatMap(({ outputs }) => outputs).filter((value) => !used.has(value)));
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** A value that shows the operations it comes from. */
class Output implements Value {
  constructor(
    readonly node: Node,
    readonly index: number,
    readonly dtype: DType,
    readonly shape: readonly number[],
  ) {}

  [inspect.custom](): string {
    return print([this]);
  }
}
