import type * as tf from "@tensorflow/tfjs-core";
import { collector } from "../backend/collector";
import { type DataHandle, engine } from "./engine";

// V8 does not see the memory that a tensor holds in WebAssembly or TensorFlow, so it would collect too late. A collection is
// requested once this many bytes were allocated since the last one.
const COLLECT_AFTER_BYTES = 256 * 2 ** 20;

const finalizers = new FinalizationRegistry<DataHandle>((handle) => engine().disposeTensor(handle));

let bytesAfterCollection = 0;
let collectionPending = false;
let collectGarbage: (() => void) | undefined;

/** Requests a collection, after the running code, if much was allocated since the last one. */
function collectIfGrown(): void {
  if (collectionPending || engine().state.numBytes - bytesAfterCollection < COLLECT_AFTER_BYTES) return;
  collectionPending = true;
  // Finalizers run as tasks of their own after the collection; only then the count of bytes is right.
  setImmediate(() => {
    collectGarbage ??= collector();
    collectGarbage();
    setImmediate(() => {
      bytesAfterCollection = engine().state.numBytes;
      collectionPending = false;
    });
  });
}

/** Frees the memory of `handle` once `owner` is garbage. */
export function trackHandle(owner: tf.Tensor, handle: DataHandle): void {
  finalizers.register(owner, handle, owner);
  collectIfGrown();
}

const tracked = new WeakSet<tf.Tensor>();

function trackTensor(tensor: tf.Tensor): void {
  if (tracked.has(tensor)) return;
  tracked.add(tensor);
  trackHandle(tensor, { dataId: tensor.dataId, dtype: tensor.dtype, size: tensor.size });
}

let installed = false;

/**
 * Lets tensors be freed when JavaScript drops them. TensorFlow.js frees only what a `tidy` made or `dispose` was called on;
 * users should not have to think of the tensors that outlive every tidy.
 */
export function installAutomaticMemory(): void {
  if (installed) return;
  installed = true;
  const tfEngine = engine();
  const { track, keep, disposeTensor } = tfEngine;
  tfEngine.track = function (tensor) {
    if (this.state.activeScope === null) trackTensor(tensor);
    return track.call(this, tensor) as typeof tensor;
  };
  tfEngine.keep = function (tensor) {
    // Under a gradient tape the engine keeps and disposes its own intermediates, thousands of them.
    if (this.state.gradientDepth === 0) trackTensor(tensor);
    return keep.call(this, tensor) as typeof tensor;
  };
  tfEngine.disposeTensor = function (tensor) {
    if (tracked.delete(tensor as tf.Tensor)) finalizers.unregister(tensor);
    disposeTensor.call(this, tensor);
  };
}
