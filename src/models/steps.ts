import * as tf from "@tensorflow/tfjs-core";
import { engine } from "../backend/engine";
import { maskOf } from "../backend/mask";
import { type CallContext, withContext } from "../layers/call_context";
import type { Layer } from "../layers/layer";
import type { Compilation } from "./compilation";
import type { Step } from "./runner";

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
  const inputs = x.length === 1 ? (x[0] as tf.Tensor) : [...x];
  return withContext(context, () => asList(model.run(inputs, { training: context.training })));
}

/** Adds what layers and regularizers put on top of the loss of the outputs. */
function totalLoss(model: Layer, outputLoss: tf.Tensor | undefined, added: readonly tf.Tensor[]): tf.Tensor {
  const parts = [...(outputLoss === undefined ? [] : [outputLoss]), ...added, ...model.losses];
  if (parts.length === 0) {
    throw new Error('The model has no loss to train with. Give compile() one: { loss: "mse" }.');
  }
  return parts.reduce((total, part) => tf.add(total, part));
}

/** One step of training: forward, backward, update, metrics. */
export function trainStep(model: Layer, compilation: Compilation, layout: BatchLayout): Step {
  const weights = model.trainableWeights;
  const { optimizer, lossTracker, loss, metrics } = compilation;
  return {
    kind: "train",
    run(batch) {
      const { x, y, sampleWeights } = takeApart(batch, layout);
      let predictions: tf.Tensor[] = [];
      let masks: tf.Tensor[] = [];
      const computeLoss = () => {
        const context: CallContext = { training: true, losses: [] };
        predictions = forward(model, x, context);
        // The gradient's own scope would free them.
        masks = predictions.flatMap((prediction) => maskOf(prediction) ?? []);
        for (const each of [...predictions, ...masks]) engine().keep(each);
        return totalLoss(model, loss.call(y, predictions, sampleWeights), context.losses);
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
      lossTracker.update(value, x[0]?.shape[0] ?? 1);
      metrics.update(y, predictions, sampleWeights);
      return [];
    },
    variables: () => [
      ...model.weights,
      ...model.stateVariables,
      ...optimizer.variables,
      ...compilation.metricVariables,
    ],
  };
}

/** One step of evaluation. */
export function testStep(model: Layer, compilation: Compilation, layout: BatchLayout): Step {
  const { lossTracker, loss, metrics } = compilation;
  return {
    kind: "test",
    run(batch) {
      const { x, y, sampleWeights } = takeApart(batch, layout);
      const context: CallContext = { training: false, losses: [] };
      const predictions = forward(model, x, context);
      const value = totalLoss(model, loss.call(y, predictions, sampleWeights), context.losses);
      lossTracker.update(value, x[0]?.shape[0] ?? 1);
      metrics.update(y, predictions, sampleWeights);
      return [];
    },
    variables: () => [...model.weights, ...model.stateVariables, ...compilation.metricVariables],
  };
}

/** One step of prediction; its outputs are the model's. */
export function predictStep(model: Layer): Step {
  return {
    kind: "predict",
    run: (batch) => forward(model, batch, { training: false, losses: [] }),
    variables: () => [...model.weights, ...model.stateVariables],
  };
}
