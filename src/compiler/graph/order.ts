import type { Node, Value } from "./value";

/** Every node that `outputs` depend on, each after its inputs. */
export function nodesOf(outputs: readonly Value[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  // An explicit stack, because an unrolled recurrent network is deeper than JavaScript's.
  const stack = outputs.map((value) => ({ node: value.node, next: 0 })).reverse();
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as { node: Node; next: number };
    if (top.next === 0 && seen.has(top.node)) {
      stack.pop();
      continue;
    }
    seen.add(top.node);
    const input = top.node.inputs[top.next++];
    if (top.next > top.node.inputs.length) {
      stack.pop();
      order.push(top.node);
    } else if (input && !seen.has(input.node)) {
      stack.push({ node: input.node, next: 0 });
    }
  }
  return order;
}
