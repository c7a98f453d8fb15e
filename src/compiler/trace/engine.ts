import * as tf from "@tensorflow/tfjs-core";

/** The parts of TensorFlow.js's engine that tracing needs and that its type declarations keep private. */
interface EngineParts {
  backendName: string;
  backendInstance: tf.KernelBackend;
  readonly backend: tf.KernelBackend;
  readonly state: {
    readonly registeredVariables: Record<string, tf.Variable>;
    readonly tensorInfo: WeakMap<object, { readonly backend: tf.KernelBackend }>;
  };
  /** Own properties hide the methods of the same name. */
  readSync?: (dataId: object) => tf.BackendValues;
  incRef?: (tensor: tf.Tensor, backend: tf.KernelBackend | null) => void;
  read?: (dataId: object) => Promise<tf.BackendValues>;
}

/** TensorFlow.js's one engine. */
export const engineParts = (): EngineParts => tf.engine() as unknown as EngineParts;

/**
 * Runs `fn` with `backend` as the current one. `tf.setBackend` would do, but it sets up all kernels of the backend again
 * each time, 1.4 ms for WebAssembly's.
 */
export function withBackend<R>(name: string, backend: tf.KernelBackend, fn: () => R): R {
  const engine = engineParts();
  const previous = { backend: engine.backend, name: engine.backendName };
  engine.backendName = name;
  engine.backendInstance = backend;
  try {
    return fn();
  } finally {
    engine.backendName = previous.name;
    engine.backendInstance = previous.backend;
  }
}
