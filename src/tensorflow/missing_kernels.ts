import * as tf from "@tensorflow/tfjs-core";

/** The parts of the "cpu" backend that its type declarations keep private. */
interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.backend_util.BackendValues): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

const completed = new Set<string>();

/**
 * Lends a backend the kernels that only "cpu" has: inputs are copied to it and results back. WebAssembly has no
 * Conv2DBackpropFilter (tensorflow/tfjs#8474) nor UnsortedSegmentSum (#8082), so nothing with a convolution or an embedding
 * could be trained on it; TensorFlow's own library has no SearchSorted.
 */
export function installMissingKernels(backendName: string): void {
  if (completed.has(backendName)) return;
  completed.add(backendName);
  // WebAssembly's starts each window's maximum from the smallest positive number: wrong where all values are negative.
  if (backendName === "wasm") {
    tf.unregisterKernel("MaxPoolGrad", backendName);
    castToBool(backendName);
  }
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend("cpu")) {
    if (tf.getKernel(kernelName, backendName) !== undefined) continue;
    tf.registerKernel({ kernelName, backendName, kernelFunc: lend(kernelFunc) });
  }
}

/** WebAssembly casts 2 and 256 to bool as the bytes 2 and 0 (tensorflow/tfjs#2590). */
function castToBool(backendName: string): void {
  const wasm = tf.getKernel("Cast", backendName);
  const cpu = lend(tf.getKernel("Cast", "cpu").kernelFunc);
  tf.unregisterKernel("Cast", backendName);
  tf.registerKernel({
    ...wasm,
    kernelFunc: (call) => (call.attrs?.["dtype"] === "bool" ? cpu : wasm.kernelFunc)(call),
  });
}

/** A kernel of the "cpu" backend for the tensors of another one. */
function lend(kernelFunc: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const cpu = tf.findBackend("cpu") as CpuBackend;
    const target = call.backend as tf.KernelBackend;
    const copies: tf.TensorInfo[] = [];
    const copy = ({ shape, dtype, dataId }: tf.TensorInfo): tf.TensorInfo => {
      const copied = cpu.makeTensorInfo(shape, dtype, target.readSync(dataId));
      copies.push(copied);
      return copied;
    };
    const copyInput = (input: tf.TensorInfo | tf.TensorInfo[] | undefined) =>
      Array.isArray(input) ? input.map(copy) : input && copy(input);
    // Einsum's inputs are a list.
    const inputs = Array.isArray(call.inputs)
      ? call.inputs.map(copy)
      : Object.fromEntries(Object.entries(call.inputs).map(([name, input]) => [name, copyInput(input)]));
    const results = kernelFunc({ ...call, inputs: inputs as tf.NamedTensorInfoMap, backend: cpu });
    const list = [results].flat();
    const outputs = list.map(({ dataId, shape, dtype }) => ({
      dataId: target.write(cpu.readSync(dataId), shape, dtype),
      shape,
      dtype,
    }));
    for (const info of new Set([...copies, ...list])) cpu.disposeIntermediateTensorInfo(info);
    return Array.isArray(results) ? outputs : outputs[0]!;
  };
}
