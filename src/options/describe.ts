/** A value in a few words, for an error message: `the string "adam"`, `an array of length 3`, `a Tensor of shape [2, 3]`. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "undefined";
  if (typeof value === "string") return `the string "${value}"`;
  if (typeof value === "function") return `a function${value.name === "" ? "" : ` ${value.name}`}`;
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (typeof value === "object") {
    const { shape } = value as { shape?: unknown };
    const kind = value.constructor?.name ?? "object";
    return Array.isArray(shape) ? `a ${kind} of shape [${shape.join(", ")}]` : `an object of type ${kind}`;
  }
  return `${typeof value} ${String(value)}`;
}
