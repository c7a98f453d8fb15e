import * as tf from "@tensorflow/tfjs-core";

type Values = tf.backend_util.BackendValues;

/** The parts of both backends that are used here. */
interface DataBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: Values): tf.TensorInfo;
  makeOutput(shape: number[], dtype: tf.DataType, memoryOffset?: number, values?: Values): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/**
 * Gives a backend the kernels that only the plain one has, by lending it theirs: inputs are copied over and results back.
 * WebAssembly has no Conv2DBackpropFilter (tensorflow/tfjs#8474) nor UnsortedSegmentSum (#8082), so nothing with a
 * convolution or an embedding could be trained on it.
 */
export function installMissingKernels(backendName: string): void {
  // WebAssembly's looks for the largest of a window from the smallest positive number up: wrong where all are negative.
  if (backendName === "wasm") tf.unregisterKernel("MaxPoolGrad", backendName);
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend("cpu")) {
    if (tf.getKernel(kernelName, backendName) !== undefined) continue;
    tf.registerKernel({ kernelName, backendName, kernelFunc: lend(kernelFunc) });
  }
}

function lend(kernelFunc: tf.KernelFunc): tf.KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const cpu = tf.findBackend("cpu") as DataBackend;
    const target = backend as DataBackend;
    const copies: tf.TensorInfo[] = [];
    const copy = (info: tf.TensorInfo): tf.TensorInfo => {
      const copied = cpu.makeTensorInfo(info.shape, info.dtype, target.readSync(info.dataId));
      copies.push(copied);
      return copied;
    };
    const copied = Object.fromEntries(
      Object.entries(inputs).map(([name, info]) => [name, Array.isArray(info) ? info.map(copy) : info && copy(info)]),
    ) as tf.NamedTensorInfoMap;
    const results = kernelFunc({ inputs: copied, backend: cpu, ...(attrs === undefined ? {} : { attrs }) });
    const list = Array.isArray(results) ? results : [results];
    const outputs = list.map((info) => target.makeOutput(info.shape, info.dtype, undefined, cpu.readSync(info.dataId)));
    for (const info of new Set([...copies, ...list])) cpu.disposeIntermediateTensorInfo(info);
    return Array.isArray(results) ? outputs : (outputs[0] as tf.TensorInfo);
  };
}
