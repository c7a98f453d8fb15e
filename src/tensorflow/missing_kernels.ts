import * as tf from "@tensorflow/tfjs-core";

/** The parts of the plain backend that are used here and that its type declarations keep private. */
interface PlainBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.backend_util.BackendValues): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

const completed = new Set<string>();

/**
 * Gives a backend the kernels that only the plain one has, by lending it theirs: inputs are copied over and results back.
 * WebAssembly has no Conv2DBackpropFilter (tensorflow/tfjs#8474) nor UnsortedSegmentSum (#8082), so nothing with a
 * convolution or an embedding could be trained on it; TensorFlow's own library has no SearchSorted.
 */
export function installMissingKernels(backendName: string): void {
  if (completed.has(backendName)) return;
  completed.add(backendName);
  // WebAssembly's looks for the largest of a window from the smallest positive number up: wrong where all are negative.
  if (backendName === "wasm") {
    tf.unregisterKernel("MaxPoolGrad", backendName);
    castToBool(backendName);
  }
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend("cpu")) {
    if (tf.getKernel(kernelName, backendName) !== undefined) continue;
    tf.registerKernel({ kernelName, backendName, kernelFunc: lend(kernelFunc) });
  }
}

/** WebAssembly's conversion to bool keeps 2 and 256 as the bytes 2 and 0. */
function castToBool(backendName: string): void {
  const [theirs, plain] = [tf.getKernel("Cast", backendName), tf.getKernel("Cast", "cpu")];
  const kernelFunc = lend(plain.kernelFunc);
  tf.unregisterKernel("Cast", backendName);
  tf.registerKernel({
    ...theirs,
    kernelFunc: (call) => (call.attrs?.["dtype"] === "bool" ? kernelFunc(call) : theirs.kernelFunc(call)),
  });
}

function lend(kernelFunc: tf.KernelFunc): tf.KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const cpu = tf.findBackend("cpu") as PlainBackend;
    const target = backend as tf.KernelBackend;
    const copies: tf.TensorInfo[] = [];
    const copy = (info: tf.TensorInfo): tf.TensorInfo => {
      const copied = cpu.makeTensorInfo(info.shape, info.dtype, target.readSync(info.dataId));
      copies.push(copied);
      return copied;
    };
    // Einsum's inputs are a list.
    const copied = Array.isArray(inputs)
      ? inputs.map(copy)
      : Object.fromEntries(
          Object.entries(inputs).map(([name, info]) => [
            name,
            Array.isArray(info) ? info.map(copy) : info && copy(info),
          ]),
        );
    const results = kernelFunc({
      inputs: copied as tf.NamedTensorInfoMap,
      backend: cpu,
      ...(attrs === undefined ? {} : { attrs }),
    });
    const list = Array.isArray(results) ? results : [results];
    const outputs = list.map(({ dataId, shape, dtype }) => ({
      dataId: target.write(cpu.readSync(dataId), shape, dtype),
      shape,
      dtype,
    }));
    for (const info of new Set([...copies, ...list])) cpu.disposeIntermediateTensorInfo(info);
    return Array.isArray(results) ? outputs : (outputs[0] as tf.TensorInfo);
  };
}
