import { availableParallelism } from "node:os";
import { env } from "node:process";
import type * as ort from "onnxruntime-node";

let loading: Promise<typeof ort> | undefined;

/**
 * ONNX Runtime, loaded on first use, without its telemetry: it would report each process and model to Microsoft and keep an
 * ID of this machine in the home folder. `ORT_DISABLE_TELEMETRY=0` in the environment allows that.
 *
 * @throws {RuntimeMissing} when its native part is missing for this platform or does not load.
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
  /** What the fallback is counted under, as in `NotCompilable`. */
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

/** Chooses the execution provider of new sessions. */
export function setExecutionProvider(provider: ort.InferenceSession.ExecutionProviderConfig): void {
  device = provider;
}

/** The options of every session. */
export function sessionOptions(): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [device],
    // The default leaves hyper-threads idle. A fixed number gives the same bits at every run.
    intraOpNumThreads: availableParallelism(),
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    // Errors come back as exceptions; do not print them too.
    logSeverityLevel: 4,
    // Not set_denormal_as_zero, although it makes moments that decay towards zero ten times as fast: it stays set for
    // JavaScript's thread, where 1e-310 / 2 would be 0 after the first run.
  };
}
