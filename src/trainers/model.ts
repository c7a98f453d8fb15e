import type * as tf from "@tensorflow/tfjs-core";
import type { CallbackModel } from "../callbacks/callback_model";
import type { History } from "../callbacks/history";
import type { KerasTensor, Shape } from "../layers/keras_tensor";
import type { Layer } from "../layers/layer";
import type { Compilation } from "./compilation";
import type { Dataset, SizedColumn } from "./data";
import type { Step } from "./step";

/** What is known of an output. */
export interface OutputInfo {
  readonly name: string;
  readonly shape: Shape;
}

/** A batch: inputs, labels, sample weights; lists where there are several of them. */
export type StepData = readonly [x: tf.Tensor, y: tf.Tensor, sampleWeight?: tf.Tensor];

/** What {@link Trainer.computeLoss} is given; lists where there are several inputs or outputs. */
export interface LossParts {
  readonly x?: tf.Tensor | tf.Tensor[] | undefined;
  readonly y: tf.Tensor | tf.Tensor[] | undefined;
  readonly yPred: tf.Tensor | tf.Tensor[] | undefined;
  readonly sampleWeight?: tf.Tensor | (tf.Tensor | undefined)[] | undefined;
}

/** What training, evaluation and prediction need of a model. */
export interface TrainableModel extends Layer, CallbackModel {
  history: History | undefined;
  readonly compilation: Compilation | undefined;
  /** The graph of a functional model that is built. */
  readonly graph: { readonly inputs: readonly KerasTensor[]; readonly outputs: readonly KerasTensor[] } | undefined;
  /** The shape of one sample, where it is known before data comes. */
  readonly expectedInputShape: Shape | undefined;
  /** Names and shapes of the outputs of a model that is built. */
  readonly outputInfo: readonly OutputInfo[];
  /** What properties of the model hold that its steps may change: metrics and further optimizers. */
  readonly ownVariables: readonly tf.Variable[];
  /** Makes the weights for data like these columns, if they are not made yet. */
  buildFor(columns: readonly SizedColumn[]): void;
  computeLoss(parts: LossParts): tf.Scalar;
  resetMetrics(): void;
  /** The training step for batches of a dataset's layout; the same one each time. */
  makeTrainStep(data: Dataset): Step;
  /** The evaluation step for batches of a dataset's layout; the same one each time. */
  makeTestStep(data: Dataset): Step;
  makePredictStep(): Step;
}

/** The model's step of a kind, for batches of a dataset's layout. */
export function stepFor(model: TrainableModel, kind: Step["kind"], data: Dataset): Step {
  if (kind === "predict") return model.makePredictStep();
  return kind === "train" ? model.makeTrainStep(data) : model.makeTestStep(data);
}
