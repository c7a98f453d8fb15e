import * as tf from "@tensorflow/tfjs-core";
import { variable } from "../backend/variable";

/** The running mean of a loss over the batches of an epoch, each weighted by its size. */
export class MeanTracker {
  readonly name: string;
  readonly #total = tf.tidy(() => variable(tf.scalar(0), { name: "total", trainable: false }));
  readonly #count = tf.tidy(() => variable(tf.scalar(0), { name: "count", trainable: false }));

  constructor(name: string) {
    this.name = name;
  }

  get variables(): readonly tf.Variable[] {
    return [this.#total, this.#count];
  }

  update(value: tf.Tensor, weight: number): void {
    this.#total.assign(tf.add(this.#total, tf.mul(value, weight)));
    this.#count.assign(tf.add(this.#count, weight));
  }

  result(): tf.Tensor {
    return tf.divNoNan(this.#total, this.#count);
  }

  resetState(): void {
    tf.tidy(() => {
      for (const each of this.variables) each.assign(tf.scalar(0));
    });
  }
}
