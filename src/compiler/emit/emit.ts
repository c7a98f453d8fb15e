import { onnxType } from "../graph/builder";
import { nodesOf } from "../graph/order";
import type { Attribute, Data, DType, Node, Type, Value } from "../graph/value";
import type { AttributeProto, GraphProto, NodeProto, TensorProto, ValueInfoProto } from "./schema";

/** A length of a declared shape: known, or a name for one that differs from run to run. */
export type Length = number | string;

/** AttributeProto.AttributeType. */
const attributeType = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const;

/** Writes operations as a graph of ONNX, with the names that its inputs and outputs are given. */
export class Emitter {
  readonly nodes: NodeProto[] = [];
  readonly initializers: TensorProto[] = [];
  readonly #names = new Map<Value, string>();
  readonly #constants = new Map<string, string>();
  readonly #shapes = new Map<Node, string>();

  /** Names an input of the graph. */
  bind(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  /** Names the shape that a `Fill` has when the model runs. */
  bindShape(fill: Node, name: string): void {
    this.#shapes.set(fill, name);
  }

  /**
   * Emits what `outputs` depend on, and the outputs under `outputNames`. Where possible the operation that makes an output
   * writes it under that name: an Identity at the end of a loop's body would copy it.
   */
  emit(outputs: readonly Value[], outputNames: readonly string[]): void {
    const copies: [Value, string][] = [];
    outputs.forEach((value, i) => {
      const name = outputNames[i]!;
      const made = value.node.op !== "Input" && value.node.op !== "Constant";
      if (made && !this.#names.has(value)) this.#names.set(value, name);
      else copies.push([value, name]);
    });
    for (const node of nodesOf(outputs)) this.#node(node);
    for (const [value, name] of copies) this.append("Identity", [this.#nameOf(value)], [name]);
  }

  /** Appends an operation on names. */
  append(op: string, input: readonly string[], output: readonly string[], attribute: AttributeProto[] = []): void {
    this.nodes.push({ op_type: op, input, output, attribute });
  }

  graph(name: string, input: readonly ValueInfoProto[], output: readonly ValueInfoProto[]): GraphProto {
    return { name, node: this.nodes, initializer: this.initializers, input, output };
  }

  #node(node: Node): void {
    if (node.op === "Input") return;
    if (node.data) {
      const value = node.outputs[0]!;
      if (!this.#names.has(value)) {
        this.#names.set(value, this.#initializer(`c${this.initializers.length}`, value, node.data));
      }
      return;
    }
    const inputs = node.inputs.map((value) => (value ? this.#nameOf(value) : ""));
    while (inputs.at(-1) === "") inputs.pop();
    const outputs = node.outputs.map((value) => this.#nameOf(value));
    if (node.op === "Fill") {
      const shape = this.#shapes.get(node) ?? this.integersOf(node.outputs[0]!.shape);
      this.append("Expand", [...inputs, shape], outputs);
      return;
    }
    const attributes = Object.entries(node.attributes).map(([name, value]) => attributeProto(name, value));
    this.append(node.op, inputs, outputs, attributes);
  }

  #nameOf(value: Value): string {
    const name = this.#names.get(value) ?? `v${this.#names.size}`;
    this.#names.set(value, name);
    return name;
  }

  #initializer(name: string, { dtype, shape }: Type, data: Data): string {
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.push({ name, dims: shape, data_type: onnxType[dtype], raw_data: raw });
    return name;
  }

  /** The name of a constant vector of 64-bit integers. */
  integersOf(values: readonly number[]): string {
    const key = values.join();
    const known = this.#constants.get(key);
    if (known) return known;
    const type = { dtype: "int64", shape: [values.length] } as const;
    const name = this.#initializer(`s${this.#constants.size}`, type, BigInt64Array.from(values, BigInt));
    this.#constants.set(key, name);
    return name;
  }
}

/** Declares a graph's input or output. */
export function valueInfo(name: string, { dtype, shape }: { dtype: DType; shape: readonly Length[] }): ValueInfoProto {
  const dim = shape.map((length) => (typeof length === "number" ? { dim_value: length } : { dim_param: length }));
  return { name, type: { tensor_type: { elem_type: onnxType[dtype], shape: { dim } } } };
}

/** An attribute of an operation. */
export function attributeProto(name: string, value: Attribute | GraphProto): AttributeProto {
  if (typeof value === "number") return { name, type: attributeType.int, i: value };
  if (typeof value === "string") return { name, type: attributeType.string, s: new TextEncoder().encode(value) };
  if ("f" in value) return { name, type: attributeType.float, f: value.f };
  if ("node" in value) return { name, type: attributeType.graph, g: value };
  return { name, type: attributeType.ints, ints: value };
}
