import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import { maskOf } from "../backend/mask";
import { type CallContext, withContext } from "../layers/call_context";
import type { Layer } from "../layers/layer";
import { engine } from "../tensorflow/engine";
import type { Compilation } from "./compilation";
import type { BatchLayout, Dataset } from "./data";
import type { StepData, TrainableModel } from "./model";
import type { Step } from "./step";
import { StepLogs } from "./step_logs";

/** A batch, by what its tensors are. */
interface Batch {
  readonly x: readonly tf.Tensor[];
  readonly y: readonly tf.Tensor[];
  readonly sampleWeights: readonly (tf.Tensor | undefined)[];
}

function takeApart(batch: readonly tf.Tensor[], { inputs, targets, weighted }: BatchLayout): Batch {
  let next = inputs + targets;
  return {
    x: batch.slice(0, inputs),
    y: batch.slice(inputs, next),
    sampleWeights: weighted.map((each) => (each ? batch[next++] : undefined)),
  };
}

/** One for a single one, a list for several, undefined for none. */
const plain = <T>(list: readonly T[]): T | T[] | undefined => (list.length < 2 ? list[0] : [...list]);

/** A batch as a user's `trainStep` gets it. */
const dataOf = ({ x, y, sampleWeights }: Batch) => [plain(x), plain(y), plain(sampleWeights)] as unknown as StepData;

/** The batch that a `trainStep` got. */
export const batchOf = ([x, y, sampleWeight]: StepData): Batch => ({
  x: asList(x),
  y: asList(y),
  sampleWeights: asList(sampleWeight),
});

function forward(model: Layer, x: readonly tf.Tensor[], context: CallContext): tf.Tensor[] {
  const inputs = x.length === 1 ? x[0]! : [...x];
  return withContext(context, () => asList(model.run(inputs, { training: context.training })));
}

/** Runs a step and clears `model.losses`, whose tensors end with the step. */
export function withoutTraces<T>(model: Layer, step: () => T): T {
  try {
    return step();
  } finally {
    model.clearLosses();
  }
}

/** Adds what layers and regularizers put on top of the loss of the outputs. */
export function totalLoss(model: Layer, outputLoss: tf.Tensor | undefined, added: readonly tf.Tensor[]): tf.Tensor {
  const parts = [...asList(outputLoss), ...added, ...model.regularizationLosses];
  if (parts.length === 0) {
    throw new Error('The model has no loss to train with. Give compile() one: { loss: "mse" }.');
  }
  return parts.reduce((total, part) => tf.add(total, part));
}

function lossOf(model: TrainableModel, { x, y, sampleWeights }: Batch, predictions: readonly tf.Tensor[]): tf.Tensor {
  return model.computeLoss({ x: plain(x), y: plain(y), yPred: plain(predictions), sampleWeight: plain(sampleWeights) });
}

/** Forward, backward, update, metrics. */
export function trainOn(model: TrainableModel, compilation: Compilation, batch: Batch): void {
  const weights = model.trainableWeights;
  let predictions: tf.Tensor[] = [];
  let masks: tf.Tensor[] = [];
  const computeLoss = () => {
    const context: CallContext = { training: true, losses: [] };
    predictions = forward(model, batch.x, context);
    masks = predictions.flatMap((prediction) => maskOf(prediction) ?? []);
    // The gradient's own scope would free them.
    for (const each of [...predictions, ...masks]) engine().keep(each);
    return withContext(context, () => lossOf(model, batch, predictions));
  };
  let loss: tf.Tensor;
  if (weights.length > 0) {
    const { value, grads } = engine().gradients(computeLoss, weights, null, true);
    loss = value;
    compilation.optimizer.apply(grads, weights);
  } else loss = computeLoss();
  for (const each of [...predictions, ...masks]) {
    each.kept = false;
    engine().track(each);
  }
  updateMetrics(compilation, batch, predictions, loss);
}

/** Forward, loss, metrics. */
export function testOn(model: TrainableModel, compilation: Compilation, batch: Batch): void {
  const context: CallContext = { training: false, losses: [] };
  const predictions = forward(model, batch.x, context);
  const loss = withContext(context, () => lossOf(model, batch, predictions));
  updateMetrics(compilation, batch, predictions, loss);
}

function updateMetrics(
  { lossTracker, metrics }: Compilation,
  { x, y, sampleWeights }: Batch,
  predictions: readonly tf.Tensor[],
  loss: tf.Tensor,
): void {
  lossTracker.updateState(loss, x[0]?.shape[0] ?? 1);
  metrics.update(y, predictions, sampleWeights);
}

/** One step of training (forward, backward, update, metrics) or evaluation, by the user's own method if there is one. */
export function trainOrTestStep(
  kind: "train" | "test",
  model: TrainableModel,
  compilation: Compilation,
  { columns, layout }: Dataset,
  own: ((data: StepData) => unknown) | undefined,
): Step {
  const update = kind === "train" ? trainOn : testOn;
  const logs = own && new StepLogs();
  const runOwn = (batch: readonly tf.Tensor[]) =>
    withoutTraces(model, () =>
      withContext({ training: kind === "train", losses: [] }, () => own?.(dataOf(takeApart(batch, layout)))),
    );
  const variables = () => [
    ...model.weights,
    ...model.stateVariables,
    ...(kind === "train" || own !== undefined ? compilation.optimizer.variables : []),
    ...compilation.allMetrics.flatMap((metric) => metric.variables),
    ...model.ownVariables,
    ...(logs?.variables ?? []),
  ];
  logs?.prepare(columns, variables, runOwn);
  compilation.setLogs(kind, logs);
  return {
    kind,
    run(batch) {
      if (logs === undefined) withoutTraces(model, () => update(model, compilation, takeApart(batch, layout)));
      else logs.update(runOwn(batch));
      return [];
    },
    variables,
  };
}

/** One step of prediction; its outputs are the model's. */
export function predictStep(model: Layer): Step {
  return {
    kind: "predict",
    run: (batch) => withoutTraces(model, () => forward(model, batch, { training: false, losses: [] })),
    variables: () => [...model.weights, ...model.stateVariables],
  };
}
