import type * as tf from "@tensorflow/tfjs-core";
import type { Logs } from "../callbacks/logs";
import { checkOptions } from "../options/options";
import type { Compilation } from "./compilation";
import type { Data, Dataset } from "./data";
import { inputsOnly, makeDataset } from "./dataset";
import { type BatchOptions, batchKinds } from "./fit_options";
import { stepFor, type TrainableModel } from "./model";
import { createRunner, runOnce } from "./runner";
import type { Step } from "./step";

/** Trains or tests on one batch: the whole of `trainOnBatch` and `testOnBatch`. */
export async function onBatch(
  kind: "train" | "test",
  model: TrainableModel,
  compilation: Compilation,
  x: Data,
  y: Data | undefined,
  options: BatchOptions,
): Promise<number[] | Logs> {
  checkOptions(`model.${kind}OnBatch()`, options, batchKinds);
  const { sampleWeight, classWeight, returnDict } = options;
  const data = makeDataset(model, compilation, x, { y, sampleWeight, classWeight });
  model.resetMetrics();
  await run(model, kind, data);
  const results = compilation.results(kind);
  return returnDict === true ? results : Object.values(results);
}

/** Predicts one batch: the whole of `predictOnBatch`. */
export const predictOnBatch = (model: TrainableModel, x: Data): Promise<tf.Tensor[]> =>
  run(model, "predict", inputsOnly(model, x));

async function run(model: TrainableModel, kind: Step["kind"], data: Dataset): Promise<tf.Tensor[]> {
  const { columns, rows } = data;
  const work = { step: stepFor(model, kind, data), columns, rows, batchSize: rows };
  return runOnce(await createRunner(work, model.compilation?.options), rows);
}
