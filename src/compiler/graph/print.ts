import { nodesOf } from "./order";
import { type Attribute, type DType, type Node, scalarOf, type Type, type Value } from "./value";

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

/** Attributes that follow from the type of the result. */
const implied = new Set(["to", "keepdims"]);

const typeText = ({ dtype, shape }: Type) => `${shortNames[dtype]}[${shape}]`;

/**
 * The operations that values depend on, one a line, each after its operands:
 *
 * ```
 * x f32[2,3]
 * %1 f32[3,2] = Constant(1, 0, 0, …)
 * %2 f32[3,3] = Gemm(x, %1) transA=1 transB=1
 * %3 f32[9] = Reshape(%2, [9])
 * return %3
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
    const operands = node.data ? [...node.data.subarray(0, 3), "…"] : node.inputs.map(name);
    lines.push(
      node.op === "Input" ? results : `${results} = ${node.op}(${operands.join(", ")})${attributesText(node)}`,
    );
  }
  return [...lines, `return ${outputs.map(name).join(", ")}`].join("\n");
}

const isShort = ({ data }: Node) => data !== undefined && data.length <= MOST_PRINTED_ELEMENTS;

/** The elements of a short constant: `0.5` without axes, else `[1, 2]`. */
function inline(value: Value): string {
  if (value.shape.length === 0) return String(scalarOf(value));
  return `[${Array.from(value.node.data ?? [], Number).join(", ")}]`;
}

function attributesText({ attributes }: Node): string {
  const shown = Object.entries(attributes).filter(
    ([name, value]) => !implied.has(name) && !(name.startsWith("trans") && value === 0),
  );
  return shown.map(([name, value]) => ` ${name}=${attributeText(value)}`).join("");
}

function attributeText(value: Attribute): string {
  if (typeof value === "object" && "f" in value) return String(value.f);
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}
