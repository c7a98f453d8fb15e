import * as tf from "@tensorflow/tfjs-core";
import * as losses from "../losses/index";
import { MeanMetric } from "../metrics/reductions";
import { type CompileOptions, type LossOption, perOutput } from "./compile_options";

interface OutputLoss {
  readonly output: number;
  readonly loss: losses.Loss;
  readonly weight: number | undefined;
  readonly tracker: MeanMetric | undefined;
}

/** The loss of a model: a loss for each output, weighted and added. */
export class CompiledLoss {
  /** The losses by output. */
  readonly parts: readonly OutputLoss[];

  constructor(options: CompileOptions, outputNames: readonly string[]) {
    const given = perOutput<LossOption>("loss", options.loss, outputNames);
    const weights = perOutput<number>("lossWeights", options.lossWeights, outputNames);
    const several = given.filter((each) => each !== undefined).length > 1;
    this.parts = given.flatMap((identifier, output) => {
      if (identifier === undefined) return [];
      const loss = losses.standardize(identifier as losses.LossIdentifier);
      const tracker = several ? new MeanMetric({ name: `${outputNames[output]}_loss` }) : undefined;
      return [{ output, loss, weight: weights[output], tracker }];
    });
  }

  /** The means of the outputs' losses, if there are several. */
  get trackers(): readonly MeanMetric[] {
    return this.parts.flatMap(({ tracker }) => tracker ?? []);
  }

  /** The total loss of a batch, a scalar; undefined if no output has one. */
  call(
    yTrue: readonly tf.Tensor[],
    yPred: readonly tf.Tensor[],
    sampleWeights: readonly (tf.Tensor | undefined)[],
  ): tf.Tensor | undefined {
    let total: tf.Tensor | undefined;
    for (const { output, loss, weight, tracker } of this.parts) {
      const target = yTrue[output]!;
      let value = loss.compute(target, yPred[output]!, sampleWeights[output]);
      if (value.rank > 0) value = tf.mean(value);
      tracker?.updateState(value, target.shape[0] ?? 1);
      if (weight !== undefined) value = tf.mul(value, weight);
      total = total === undefined ? value : tf.add(total, value);
    }
    return total;
  }
}
