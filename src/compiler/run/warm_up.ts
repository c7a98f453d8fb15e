import { emitFunction } from "../emit/function";
import { Builder } from "../graph/builder";
import { runtime, sessionOptions } from "./runtime";

/**
 * Loads ONNX Runtime and makes it start its threads, for which the first `fit` would have to wait. Where it does not load,
 * that is told when it is needed.
 */
export async function warmUp(): Promise<void> {
  try {
    const { InferenceSession } = await runtime();
    const graph = new Builder();
    const x = graph.input("x", "float32", []);
    const model = emitFunction({ inputs: [["x", x]], outputs: [["y", graph.unary("Neg", x)]] });
    await (await InferenceSession.create(model, sessionOptions())).release();
  } catch {}
}
