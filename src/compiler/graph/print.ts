import { nodesOf } from "./order";
import { type DType, type Node, scalarOf, type Type, type Value } from "./value";

const shortNames: Readonly<Record<DType, string>> = {
  float32: "f32",
  float64: "f64",
  int32: "i32",
  int64: "i64",
  uint32: "u32",
  uint8: "u8",
  bool: "bool",
};

/** Constants of up to this many elements are printed where they are used. */
const MOST_PRINTED_ELEMENTS = 8;

const typeText = ({ dtype, shape }: Type) => `${shortNames[dtype]}[${shape}]`;

/**
 * The operations that values depend on, one a line, each after its operands:
 *
 * ```
 * x f32[2,3]
 * %1 f32[6] = Reshape(x, [6])
 * %2 f32[6] = Gemm(%1, 0.5) transA=1
 * return %2
 * ```
 */
export function print(outputs: readonly Value[]): string {
  const names = new Map<Value, string>();
  const name = (value: Value | undefined) => (value === undefined ? "" : (names.get(value) ?? inline(value)));
  const lines: string[] = [];
  let count = 0;
  for (const node of nodesOf(outputs)) {
    if (node.op === "Constant" && isShort(node)) continue;
    for (const value of node.outputs) names.set(value, node.name ?? `%${++count}`);
    const results = node.outputs.map((value) => `${names.get(value)} ${typeText(value)}`).join(", ");
    if (node.op === "Input") lines.push(results);
    else {
      const attributes = Object.entries(node.attributes).map(([key, value]) => ` ${key}=${attributeText(value)}`);
      lines.push(`${results} = ${node.op}(${node.inputs.map(name).join(", ")})${attributes.join("")}`);
    }
  }
  return [...lines, `return ${outputs.map(name).join(", ")}`].join("\n");
}

const isShort = ({ data }: Node) => data !== undefined && data.length <= MOST_PRINTED_ELEMENTS;

/** The elements of a short constant: `0.5` without axes, else `[1, 2]`. */
function inline(value: Value): string {
  if (value.shape.length === 0) return String(scalarOf(value));
  return `[${Array.from(value.node.data ?? [], Number).join(", ")}]`;
}

function attributeText(value: Node["attributes"][string]): string {
  if (typeof value === "object" && "f" in value) return String(value.f);
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}
