import { KerasTensor, type Node } from "./keras_tensor";
import type { Layer } from "./layer";
import type { CallOptions } from "./layer_options";
import { buildInside } from "./try_call";

/** Calls a layer on tensors that do not exist yet: adds a step to a functional model, and returns its outputs. */
export function callSymbolically(
  layer: Layer,
  inputs: KerasTensor | readonly KerasTensor[],
  options: CallOptions,
): KerasTensor | KerasTensor[] {
  const inputShape = inputs instanceof KerasTensor ? inputs.shape : inputs.map((input) => input.shape);
  layer.ensureBuilt(inputShape);
  const spec = layer.computeOutputSpec(inputs instanceof KerasTensor ? [inputs] : inputs, inputShape);
  buildInside(layer, inputs instanceof KerasTensor ? [inputs] : inputs, inputs instanceof KerasTensor);
  const outputs: KerasTensor[] = [];
  const node: Node = { layer, inputs, outputs, multipleOutputs: Array.isArray(spec), options };
  for (const [index, { shape, dtype }] of [spec].flat().entries())
    outputs.push(new KerasTensor(shape, { node, index, dtype }));
  layer.addInboundNode(node);
  return node.multipleOutputs ? outputs : outputs[0]!;
}
