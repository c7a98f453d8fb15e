import type { Value } from "../../graph/value";

// What a kernel knows of its result and another can use, beside the graph.

/** Values that are zero wherever the other value is not positive: multiplying by the mask of a relu changes nothing. */
export const zeroUnlessPositive = new WeakMap<Value, Value>();

/** Images with a smaller one that has the same sum in each channel. */
export const sameChannelSums = new WeakMap<Value, Value>();
