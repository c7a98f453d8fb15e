import * as tf from "@tensorflow/tfjs-core";
import { accumulate, Metric } from "../metrics/metric";

/** The running mean of a loss over the batches of an epoch, each weighted by its size. */
export class MeanTracker extends Metric {
  static override readonly className = "Mean";
  readonly #total = this.addVariable("total");
  readonly #count = this.addVariable("count");

  constructor(name: string) {
    super({ name });
  }

  update(value: tf.Tensor, weight: number): void {
    accumulate(this.#total, tf.mul(value, weight));
    accumulate(this.#count, tf.scalar(weight));
  }

  /** Takes the loss of a batch in. */
  override updateState(value: tf.Tensor, _unused?: tf.Tensor, _sampleWeight?: tf.Tensor): void {
    this.update(tf.mean(value), 1);
  }

  override result(): tf.Tensor {
    return tf.divNoNan(this.#total, this.#count);
  }
}
