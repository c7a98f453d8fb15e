import { sameShape, type Value } from "../graph/value";
import type { Pass } from "./pass";

/** A reduction of `x` over its last axis, which it keeps with length 1. */
function reduces(value: Value, op: string, x: Value): boolean {
  const axes = value.node.inputs[1]?.node.data;
  const last = x.shape.length - 1;
  return (
    value.node.op === op &&
    value.node.inputs[0] === x &&
    axes?.length === 1 &&
    Number(axes[0]) === last &&
    value.shape[last] === 1
  );
}

/** `z` where `shifted` is `z - max(z)` over the last axis. */
function scoresOf(shifted: Value): Value | undefined {
  const [z, max] = shifted.node.inputs as [Value, Value];
  return shifted.node.op === "Sub" && sameShape(z.shape, shifted.shape) && reduces(max, "ReduceMax", z) ? z : undefined;
}

/**
 * The steps of a softmax over the last axis → `Softmax`, and of its logarithm → `LogSoftmax`. A crossentropy computes them
 * step by step, although the last layer computes the softmax of the same scores.
 */
export const softmax: Pass = {
  name: "softmax",
  rewrite(node, graph) {
    const [a, b] = node.inputs as [Value, Value];
    if (node.op === "Div" && a.node.op === "Exp" && reduces(b, "ReduceSum", a)) {
      const z = scoresOf(a.node.inputs[0] as Value);
      return z && graph.unary("Softmax", z, { axis: z.shape.length - 1 });
    }
    if (node.op === "Sub" && a.node.op === "Log") {
      const sums = a.node.inputs[0]!;
      const exps = sums.node.inputs[0];
      const z = scoresOf(b);
      if (!z || exps?.node.op !== "Exp" || exps.node.inputs[0] !== b || !reduces(sums, "ReduceSum", exps))
        return undefined;
      return graph.unary("Neg", graph.unary("LogSoftmax", z, { axis: z.shape.length - 1 }));
    }
    return undefined;
  },
};
