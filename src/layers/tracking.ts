/**
 * What arrays, plain objects, Maps and Sets hold at any depth, in their order: Keras finds layers, variables and metrics
 * in lists, tuples, dictionaries and sets alike. Anything else is given as it is.
 */
export function* unpacked(value: unknown, seen = new Set<object>()): Generator<object> {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return;
  const items = itemsOf(value);
  if (items === undefined) yield value;
  else if (!seen.has(value)) {
    seen.add(value);
    for (const item of items) yield* unpacked(item, seen);
  }
}

function itemsOf(value: object): Iterable<unknown> | undefined {
  if (Array.isArray(value) || value instanceof Set) return value;
  if (value instanceof Map) return value.values();
  return isPlain(value) ? Object.values(value) : undefined;
}

/** Whether this is an object literal, of whichever realm: a notebook's cells have their own `Object`. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return typeof value === "object" && (prototype === null || Object.getPrototypeOf(prototype) === null);
}
