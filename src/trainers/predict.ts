import * as tf from "@tensorflow/tfjs-core";
import { CallbackList } from "../callbacks/callback_list";
import { currentHost } from "../display/tslab_host";
import { checkOptions } from "../options/options";
import { ArrayDataAdapter } from "./array_data_adapter";
import { type Batches, isBatches } from "./batches";
import type { Data } from "./data";
import { inputsOnly } from "./dataset";
import { type PredictOptions, predictKinds, verbosity } from "./fit_options";
import { GeneratorDataAdapter } from "./generator_data_adapter";
import type { TrainableModel } from "./model";

/** Predicts with a model: the whole of `predict`; one tensor for each output. */
export async function predict(model: TrainableModel, x: Data | Batches, options: PredictOptions): Promise<tf.Tensor[]> {
  const signal = currentHost()?.signal;
  checkOptions("model.predict()", options, predictKinds);
  const verbose = verbosity(options.verbose);
  const callbacks = new CallbackList(options.callbacks, { verbose });
  const { batchSize, steps } = options;
  const adapter = isBatches(x)
    ? new GeneratorDataAdapter(model, "predict", x, steps)
    : await ArrayDataAdapter.open(model, "predict", inputsOnly(model, x), { batchSize, steps });
  callbacks.start(model, { verbose, epochs: 1, steps: adapter.steps });
  const parts: Part[][] = [];
  await callbacks.call("onPredictBegin");
  await adapter.runEpoch({
    kind: "Predict",
    callbacks,
    logs: () => ({}),
    signal,
    stopped: () => false,
    showsProgress: verbose === 1,
    onOutputs: (steps) => {
      for (const [i, output] of steps.flatMap((outputs) => [...outputs.entries()])) {
        parts[i] ??= [];
        parts[i].push({ values: output.dataSync() as Float32Array, shape: output.shape, dtype: output.dtype });
        output.dispose();
      }
    },
  });
  await callbacks.call("onPredictEnd");
  return parts.map(join);
}

/** One output of one batch. */
interface Part {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
}

function join(parts: readonly Part[]): tf.Tensor {
  const { values, shape, dtype } = parts[0]!;
  const size = parts.reduce((sum, part) => sum + part.values.length, 0);
  const joined = new (values.constructor as new (length: number) => Part["values"])(size);
  let end = 0;
  let rows = 0;
  for (const part of parts) {
    joined.set(part.values, end);
    end += part.values.length;
    rows += part.shape[0] ?? 0;
  }
  return tf.tensor(joined, [rows, ...shape.slice(1)], dtype);
}
