import { sizeFromShape } from "../../../backend/shapes";
import type { Builder } from "../../graph/builder";
import type { Value } from "../../graph/value";

// Images with an even number of rows and columns, split into the four corners of squares of 2 × 2 pixels: top left of
// every square, top right, bottom left, bottom right. Winograd's method makes them in this order, and pooling reads them so.

const TOGETHER = [2, 3, 0, 4, 1, 5];
const APART = [2, 4, 0, 1, 3, 5];

/** [4, squares, channels] → [batch, height, width, channels]. */
export function fromCorners(graph: Builder, corners: Value, shape: readonly number[]): Value {
  const [batch = 1, height = 2, width = 2, channels = 1] = shape;
  const cut = graph.reshape(corners, [2, 2, batch, height / 2, width / 2, channels]);
  return graph.reshape(graph.transpose(cut, TOGETHER), shape);
}

/** [batch, height, width, channels] → [4, squares, channels]. */
export function toCorners(graph: Builder, x: Value): Value {
  const [batch = 1, height = 2, width = 2, channels = 1] = x.shape;
  const cut = graph.reshape(x, [batch, height / 2, 2, width / 2, 2, channels]);
  return graph.reshape(graph.transpose(cut, APART), [4, (batch * height * width) / 4, channels]);
}

/** The corners that an image was made from, also if a number for each channel was added later. */
export function cornersOf(graph: Builder, x: Value): Value | undefined {
  const { op, inputs } = x.node;
  if (op === "Reshape") {
    const { node } = inputs[0]!;
    const together = node.op === "Transpose" && String(node.attributes["perm"]) === String(TOGETHER);
    return together && x.shape.length === 4 ? toCorners(graph, x) : undefined;
  }
  const [image, row] = inputs as [Value, Value];
  const channels = x.shape.at(-1)!;
  if (op !== "Add" || sizeFromShape(row.shape) !== channels || row.shape.at(-1) !== channels) return undefined;
  const corners = cornersOf(graph, image);
  return corners && graph.add(corners, graph.reshape(row, [channels]));
}
