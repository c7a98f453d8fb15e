import * as tf from "@tensorflow/tfjs-core";

/** What the engine counts by: enough of a tensor to give its memory back after the tensor itself is gone. */
export interface DataHandle {
  dataId: object;
  readonly dtype: tf.DataType;
  readonly size: number;
}

/** The parts of TensorFlow.js's engine that this library builds on and that its type declarations keep private. */
export interface Engine {
  readonly backend: tf.KernelBackend;
  backendName: string;
  backendInstance: tf.KernelBackend;
  readonly registry: { [name: string]: tf.KernelBackend };
  readonly state: {
    readonly activeScope: { readonly id: number } | null;
    readonly gradientDepth: number;
    readonly numBytes: number;
    readonly numTensors: number;
    readonly tensorInfo: WeakMap<object, { readonly backend: tf.KernelBackend }>;
  };
  /** Makes `backend` the one that holds the data. */
  moveData(backend: tf.KernelBackend, dataId: object): void;
  nextTensorId(): number;
  incRef: (tensor: tf.Tensor, backend: tf.KernelBackend | null) => void;
  readSync: (dataId: object) => tf.BackendValues;
  read: (dataId: object) => Promise<tf.BackendValues>;
  track<T extends tf.Tensor>(tensor: T): T;
  keep<T extends tf.Tensor>(tensor: T): T;
  disposeTensor(tensor: DataHandle): void;
  gradients(
    f: () => tf.Tensor,
    xs: readonly tf.Tensor[],
    dy: tf.Tensor | null,
    allowNoGradients: boolean,
  ): { value: tf.Tensor; grads: (tf.Tensor | undefined)[] };
}

/** TensorFlow.js's one engine. */
export const engine = (): Engine => tf.engine() as unknown as Engine;

/**
 * Runs `fn` with `backend` as the current one. `tf.setBackend` would do, but it sets up all kernels of the backend again
 * each time, 1.4 ms for WebAssembly's.
 */
export function withBackend<R>(name: string, backend: tf.KernelBackend, fn: () => R): R {
  const current = engine();
  const previous = { backend: current.backend, name: current.backendName };
  current.backendName = name;
  current.backendInstance = backend;
  try {
    return fn();
  } finally {
    current.backendName = previous.name;
    current.backendInstance = previous.backend;
  }
}
