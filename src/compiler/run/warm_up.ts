import { emitFunction } from "../emit/function";
import { Builder } from "../graph/builder";
import { runtime, sessionOptions } from "./runtime";

/**
 * Loads ONNX Runtime and starts its threads, so that the first `fit` does not wait for them. If it does not load, the first use
 * says so.
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
