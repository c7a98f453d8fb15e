import * as tf from "@tensorflow/tfjs-core";

/**
 * Makes the WebAssembly backend fetch a kernel's inputs from other backends before the kernel runs. Its kernels take a view
 * of the heap and then read their inputs; fetching an input at that point may grow the heap, which detaches the view.
 */
export function fetchInputsFirst(backend: tf.KernelBackend): void {
  const { dataIdMap } = backend as unknown as { dataIdMap: { get(dataId: object): unknown } };
  for (const config of tf.getKernelsForBackend("wasm")) {
    const { kernelName, backendName, kernelFunc } = config;
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...config,
      kernelFunc: (call) => {
        for (const input of Object.values(call.inputs).flat()) if (input) dataIdMap.get(input.dataId);
        return kernelFunc(call);
      },
    });
  }
}
