import type { Value } from "../../graph/value";

// What one kernel knows about its result and another can use; the graph does not say it.

/** Values that are zero wherever the other value is not positive: multiplying by the mask of a relu changes nothing. */
export const zeroUnlessPositive = new WeakMap<Value, Value>();

/** Images, each with a smaller one that has the same sum in each channel. */
export const sameChannelSums = new WeakMap<Value, Value>();
