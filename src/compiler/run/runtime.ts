import { availableParallelism } from "node:os";
import { env } from "node:process";
import type * as ort from "onnxruntime-node";

let loading: Promise<typeof ort> | undefined;

/**
 * ONNX Runtime, loaded on first use. It would tell Microsoft of each process and model, and keep a number for this machine in
 * the home folder: it is asked not to, unless the environment says otherwise (`ORT_DISABLE_TELEMETRY=0`).
 *
 * @throws {RuntimeMissing} when its native part is missing for this platform or cannot be loaded.
 */
export function runtime(): Promise<typeof ort> {
  loading ??= load();
  return loading;
}

function load(): Promise<typeof ort> {
  env["ORT_DISABLE_TELEMETRY"] ??= "1";
  return import("onnxruntime-node").catch((error: Error) => {
    throw new RuntimeMissing(error);
  });
}

/** ONNX Runtime does not load. */
export class RuntimeMissing extends Error {
  override readonly name = "RuntimeMissing";
  /** As operations without a compiled form have it: what the fallback is counted under. */
  readonly operation = "onnxruntime-node";

  constructor(cause: Error) {
    const [reason = ""] = cause.message.split("\n");
    super(
      `ONNX Runtime does not load here (${reason}). Training works without it, many times slower; \`npm install onnxruntime-node\` puts it back, and its page names the platforms it has.`,
      { cause },
    );
  }
}

let device: ort.InferenceSession.ExecutionProviderConfig = "cpu";

/** Chooses the execution provider of the sessions made from now on. */
export function setExecutionProvider(provider: ort.InferenceSession.ExecutionProviderConfig): void {
  device = provider;
}

/** The options every session is made with. */
export function sessionOptions(): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [device],
    // ONNX Runtime's own default leaves hyper-threads idle. A fixed number gives the same bits at every run.
    intraOpNumThreads: availableParallelism(),
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // Errors come back as exceptions; printing them too would tell them twice.
    logSeverityLevel: 4,
    // Not set_denormal_as_zero, though moments that decay towards zero then cost a tenth: it would stay set for the thread
    // that JavaScript runs on, where 1e-310 / 2 would be 0 from the first run on.
  };
}
