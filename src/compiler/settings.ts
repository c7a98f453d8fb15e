import type { InferenceSession } from "onnxruntime-node";
import { emitFunction } from "./emit/function";
import { Builder } from "./graph/builder";
import { runtime, setExecutionProvider } from "./run/runtime";
import { releaseSessions, sessionCount, statistics } from "./run/sessions";

/** Where compiled functions can run: the execution providers of ONNX Runtime for Node. */
export type Device = "cpu" | "cuda" | "webgpu" | "dml" | "coreml";

/** What the compiler did so far. */
export interface CompilerStatistics {
  /** Where compiled functions run. */
  readonly device: Device;
  /** Functions traced. */
  readonly traces: number;
  /** Graphs that were compiled. */
  readonly compilations: number;
  /** Times that an equal graph was already compiled. */
  readonly cacheHits: number;
  /** Graphs kept at present. */
  readonly kept: number;
  /** Seconds spent compiling. */
  readonly compileSeconds: number;
  /** Runs of compiled graphs. */
  readonly runs: number;
  /** How often a function ran eagerly instead, by the operation that has no compiled form. */
  readonly fallbacks: Readonly<Record<string, number>>;
}

let device: Device = "cpu";

/** What the compiler did so far in this process. */
export function compilerStatistics(): CompilerStatistics {
  const { traces, compilations, cacheHits, compileSeconds, runs, fallbacks } = statistics;
  return {
    device,
    traces,
    compilations,
    cacheHits,
    kept: sessionCount(),
    compileSeconds,
    runs,
    fallbacks: Object.fromEntries(fallbacks),
  };
}

/**
 * Chooses where compiled functions run, including those that were compiled before.
 *
 * @throws if ONNX Runtime cannot compute there; then nothing changes.
 */
export async function setDevice(name: Device): Promise<void> {
  const { InferenceSession, listSupportedBackends } = await runtime();
  const known = listSupportedBackends().map((backend) => `"${backend.name}"`);
  const fail = (why: string): never => {
    throw new Error(
      `Expected a device that ONNX Runtime can use on this machine but found "${name}": ${why} "cpu" is always available.`,
    );
  };
  if (!known.includes(`"${name}"`)) fail(`it knows ${known.join(", ")}.`);
  const provider = name as InferenceSession.ExecutionProviderConfig;
  const x = new Builder().input("x", "float32", [1]);
  const probe = emitFunction({ inputs: [["x", x]], outputs: [["y", x]] });
  await InferenceSession.create(probe, { executionProviders: [provider], logSeverityLevel: 4 }).then(
    (session) => session.release(),
    (error: Error) => fail(`${error.message.replace(/^.* was false\. /s, "").trim()}.`),
  );
  device = name;
  setExecutionProvider(provider);
  releaseSessions();
}
