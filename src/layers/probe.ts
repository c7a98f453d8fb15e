import * as tf from "@tensorflow/tfjs-core";
import type { OutputSpec } from "./keras_tensor";

const specOf = ({ shape, dtype }: tf.Tensor): OutputSpec => ({ shape, dtype });

/**
 * Shapes and types of what `call` makes of zeros. It runs for two values of the unknown sizes: the sizes of the output
 * that differ depend on them.
 */
export function probe(
  call: (zeros: tf.Tensor[]) => tf.Tensor | tf.Tensor[],
  inputs: readonly OutputSpec[],
  sizes: readonly [number, number],
): OutputSpec | OutputSpec[] {
  const [first = [], second = []] = sizes.map((unknown) => {
    let specs: OutputSpec | OutputSpec[] = [];
    tf.tidy(() => {
      const known = (shape: OutputSpec["shape"]) => shape.map((size) => size ?? unknown);
      const outputs = call(inputs.map(({ shape, dtype }) => tf.zeros(known(shape), dtype)));
      specs = Array.isArray(outputs) ? outputs.map(specOf) : specOf(outputs);
    });
    return specs as OutputSpec | OutputSpec[];
  });
  const others = [second].flat();
  const merged = [first].flat().map(({ shape, dtype }, i) => ({
    shape: shape.map((size, axis) => (size === others[i]?.shape[axis] ? size : null)),
    dtype,
  }));
  return Array.isArray(first) ? merged : merged[0]!;
}
