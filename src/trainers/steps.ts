import * as tf from "@tensorflow/tfjs-core";
import { maskOf } from "../backend/mask";
import { type CallContext, withContext } from "../layers/call_context";
import type { Layer } from "../layers/layer";
import { engine } from "../tensorflow/engine";
import type { Compilation } from "./compilation";
import type { Dataset } from "./dataset";
import type { Step } from "./runner";
import { StepLogs } from "./step_logs";
import type { StepData, Trainer } from "./trainer";

/** What the tensors of a batch are: first the inputs, then the targets, then sample weights for the outputs that have them. */
export interface BatchLayout {
  readonly inputs: number;
  readonly targets: number;
  /** For each output, whether there is a column of sample weights. */
  readonly weighted: readonly boolean[];
}

function takeApart(batch: readonly tf.Tensor[], { inputs, targets, weighted }: BatchLayout) {
  let next = inputs + targets;
  return {
    x: batch.slice(0, inputs),
    y: batch.slice(inputs, next),
    sampleWeights: weighted.map((each) => (each ? batch[next++] : undefined)),
  };
}

const asList = (outputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] => (Array.isArray(outputs) ? outputs : [outputs]);

function forward(model: Layer, x: readonly tf.Tensor[], context: CallContext): tf.Tensor[] {
  const inputs = x.length === 1 ? x[0]! : [...x];
  return withContext(context, () => asList(model.run(inputs, { training: context.training })));
}

/** Adds what layers and regularizers put on top of the loss of the outputs. */
export function totalLoss(model: Layer, outputLoss: tf.Tensor | undefined, added: readonly tf.Tensor[]): tf.Tensor {
  const parts = [...(outputLoss === undefined ? [] : [outputLoss]), ...added, ...model.losses];
  if (parts.length === 0) {
    throw new Error('The model has no loss to train with. Give compile() one: { loss: "mse" }.');
  }
  return parts.reduce((total, part) => tf.add(total, part));
}

/** One for a single one, a list for several, undefined for none. */
const plain = <T>(list: readonly T[]): T | T[] | undefined => (list.length < 2 ? list[0] : [...list]);

interface Parts {
  readonly x: readonly tf.Tensor[];
  readonly y: readonly tf.Tensor[];
  readonly sampleWeights: readonly (tf.Tensor | undefined)[];
}

function lossOf(model: Trainer, { x, y, sampleWeights }: Parts, predictions: readonly tf.Tensor[]): tf.Tensor {
  return model.computeLoss({ x: plain(x), y: plain(y), yPred: plain(predictions), sampleWeight: plain(sampleWeights) });
}

/** Forward, backward, update, metrics. */
export function trainOn(model: Trainer, compilation: Compilation, parts: Parts): void {
  const weights = model.trainableWeights;
  const { optimizer, lossTracker, metrics } = compilation;
  let predictions: tf.Tensor[] = [];
  let masks: tf.Tensor[] = [];
  const computeLoss = () => {
    const context: CallContext = { training: true, losses: [] };
    predictions = forward(model, parts.x, context);
    masks = predictions.flatMap((prediction) => maskOf(prediction) ?? []);
    // The gradient's own scope would free them.
    for (const each of [...predictions, ...masks]) engine().keep(each);
    return withContext(context, () => lossOf(model, parts, predictions));
  };
  let value: tf.Tensor;
  if (weights.length > 0) {
    const gradients = engine().gradients(computeLoss, weights, null, true);
    value = gradients.value;
    optimizer.apply(gradients.grads, weights);
  } else value = computeLoss();
  for (const each of [...predictions, ...masks]) {
    each.kept = false;
    engine().track(each);
  }
  lossTracker.update(value, parts.x[0]?.shape[0] ?? 1);
  metrics.update(parts.y, predictions, parts.sampleWeights);
}

/** Forward, loss, metrics. */
export function testOn(model: Trainer, compilation: Compilation, parts: Parts): void {
  const context: CallContext = { training: false, losses: [] };
  const predictions = forward(model, parts.x, context);
  const value = withContext(context, () => lossOf(model, parts, predictions));
  compilation.lossTracker.update(value, parts.x[0]?.shape[0] ?? 1);
  compilation.metrics.update(parts.y, predictions, parts.sampleWeights);
}

/** A batch as a `trainStep` of the reader's own gets it, and back. */
const dataOf = ({ x, y, sampleWeights }: Parts) => [plain(x), plain(y), plain(sampleWeights)] as unknown as StepData;

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** The parts of what a `trainStep` got. */
export const partsOf = ([x, y, sampleWeight]: StepData): Parts => ({
  x: listOf(x),
  y: listOf(y),
  sampleWeights: listOf(sampleWeight),
});

/** Training or testing on a batch, by the model's own method if it has one. */
function step(
  kind: "train" | "test",
  model: Trainer,
  compilation: Compilation,
  { columns, layout }: Dataset,
  own: ((data: StepData) => unknown) | undefined,
): Step {
  const update = kind === "train" ? trainOn : testOn;
  const logs = own && new StepLogs();
  const runOwn = (batch: readonly tf.Tensor[]) =>
    withContext({ training: kind === "train", losses: [] }, () => own?.(dataOf(takeApart(batch, layout))));
  const variables = () => [
    ...model.weights,
    ...model.stateVariables,
    ...(kind === "train" || own !== undefined ? compilation.optimizer.variables : []),
    ...compilation.metricVariables,
    ...model.ownVariables,
    ...(logs?.variables ?? []),
  ];
  logs?.prepare(columns, variables, runOwn);
  compilation.setLogs(kind, logs);
  return {
    kind,
    run(batch) {
      if (logs === undefined) update(model, compilation, takeApart(batch, layout));
      else logs.update(runOwn(batch));
      return [];
    },
    variables,
  };
}

/** One step of training: forward, backward, update, metrics. */
export const trainStep = (
  model: Trainer,
  compilation: Compilation,
  data: Dataset,
  own?: (data: StepData) => unknown,
): Step => step("train", model, compilation, data, own);

/** One step of evaluation. */
export const testStep = (
  model: Trainer,
  compilation: Compilation,
  data: Dataset,
  own?: (data: StepData) => unknown,
): Step => step("test", model, compilation, data, own);

/** One step of prediction; its outputs are the model's. */
export function predictStep(model: Layer): Step {
  return {
    kind: "predict",
    run: (batch) => forward(model, batch, { training: false, losses: [] }),
    variables: () => [...model.weights, ...model.stateVariables],
  };
}
