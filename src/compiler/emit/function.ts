import type { Value } from "../graph/value";
import { Emitter, valueInfo } from "./emit";
import { encodeModel } from "./schema";

/** The inputs and outputs of a model, with their names in it. */
export interface Signature {
  readonly inputs: readonly (readonly [name: string, value: Value])[];
  readonly outputs: readonly (readonly [name: string, value: Value])[];
}

/** The bytes of a model that computes the outputs once. */
export function emitFunction({ inputs, outputs }: Signature): Uint8Array {
  const emitter = new Emitter();
  for (const [name, value] of inputs) emitter.bind(value, name);
  emitter.emit(
    outputs.map(([, value]) => value),
    outputs.map(([name]) => name),
  );
  const declare = (pairs: Signature["inputs"]) => pairs.map(([name, value]) => valueInfo(name, value));
  return encodeModel(emitter.graph("function", declare(inputs), declare(outputs)));
}
