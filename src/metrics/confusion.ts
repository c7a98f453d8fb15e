import * as tf from "@tensorflow/tfjs-core";
import { matchRanks } from "../losses/shapes";
import { accumulate } from "./metric";

/** What {@link confusionCounts} counts. */
export interface CountOptions {
  /** Predictions above a threshold count as positive. */
  readonly thresholds: readonly number[];
  /** Whether only the `topK` largest predictions of a sample can be positive. Default all. */
  readonly topK?: number | null;
  /** The only class to count. Default all. */
  readonly classId?: number | null;
  readonly sampleWeight?: tf.Tensor | undefined;
  /** Whether to count each label (last axis) separately: results are `[thresholds, labels]`. Default false. */
  readonly multiLabel?: boolean;
  /** One weight per label. */
  readonly labelWeights?: readonly number[] | null;
}

/** Keras's names of the four counts. */
export const countNames = {
  tp: "true_positives",
  fp: "false_positives",
  tn: "true_negatives",
  fn: "false_negatives",
};

/** One of the four counts. */
export type CountName = keyof typeof countNames;

/** True and false positives and negatives, one of each per threshold. */
export type Counts = { readonly [name in CountName]: tf.Tensor };

/** {@link Counts} over batches. */
export type CountTotals = { readonly [name in CountName]: tf.Variable };

/** Adds the counts of a batch to the totals that there are. */
export function addCounts(totals: Partial<CountTotals>, counts: Counts): void {
  for (const [name, total] of Object.entries(totals)) accumulate(total, counts[name as CountName]);
}

/** Predictions of which only the `k` largest of each sample can be positive. */
function onlyTopK(yPred: tf.Tensor, k: number): tf.Tensor {
  const hot = tf.oneHot(tf.topk(yPred, k).indices as tf.Tensor2D, yPred.shape.at(-1) ?? 1);
  const mask = tf.sum(tf.cast(hot, "float32"), -2);
  return tf.add(tf.mul(yPred, mask), tf.mul(tf.sub(1, mask), -1e10));
}

function weightsFor(yPred: tf.Tensor, options: CountOptions): tf.Tensor {
  let weights: tf.Tensor = tf.onesLike(yPred);
  if (options.sampleWeight !== undefined) {
    let given: tf.Tensor = tf.cast(options.sampleWeight, "float32");
    if (given.rank < yPred.rank) given = tf.expandDims(given, -1);
    weights = tf.mul(weights, given);
  }
  if (options.labelWeights) weights = tf.mul(weights, tf.tensor1d([...options.labelWeights]));
  return weights;
}

/** Which predictions exceed each threshold: `[thresholds, ...predictions]`, 1 or 0. */
function exceeding(yPred: tf.Tensor, thresholds: readonly number[]): tf.Tensor {
  const column = [thresholds.length, ...yPred.shape.map(() => 1)];
  const row = tf.expandDims(yPred, 0);
  if (!evenlySpread(thresholds)) {
    return tf.cast(tf.greater(row, tf.tensor([...thresholds], column)), "float32");
  }
  // Keras sorts predictions into buckets here, which rounds `p · (n - 1)` instead of the thresholds.
  const steps = thresholds.map((threshold, i) => (i === 0 && threshold < 0 ? -1 : i));
  const scaled = tf.mul(tf.clipByValue(row, 0, 1), thresholds.length - 1);
  return tf.cast(tf.greater(scaled, tf.tensor(steps, column)), "float32");
}

/** Whether the thresholds are 0, 1/n, 2/n … 1, to within an epsilon. */
function evenlySpread(thresholds: readonly number[]): boolean {
  const last = thresholds.length - 1;
  return last >= 2 && thresholds.every((t, i) => Math.abs(t - i / last) <= 1.1e-7 + 1e-5 * (i / last));
}

/** Counts right and wrong predictions per threshold. Labels that are not 0 are positive. */
export function confusionCounts(yTrue: tf.Tensor, yPred: tf.Tensor, options: CountOptions): Counts {
  let [labels, scores] = matchRanks(tf.cast(yTrue, "float32"), tf.cast(yPred, "float32"));
  if (labels.size !== scores.size) {
    throw new Error(
      `Expected targets of the predictions' shape [${yPred.shape}] but found [${yTrue.shape}]. For integer labels use toCategorical() first.`,
    );
  }
  if (options.topK) scores = onlyTopK(scores, options.topK);
  if (typeof options.classId === "number") {
    const id = options.classId;
    const classes = scores.shape.at(-1) ?? 0;
    if (scores.rank < 2 || id < 0 || id >= classes) {
      throw new RangeError(`Expected a classId among the classes of predictions [${yPred.shape}] but found ${id}.`);
    }
    const begin = [...scores.shape.slice(0, -1).map(() => 0), id];
    const size = [...scores.shape.slice(0, -1), 1];
    [labels, scores] = [tf.slice(labels, begin, size), tf.slice(scores, begin, size)];
  }
  const weights = weightsFor(scores, options);
  const positive = tf.mul(tf.cast(tf.notEqual(labels, 0), "float32"), weights);
  const negative = tf.sub(weights, positive);
  const predicted = exceeding(scores, options.thresholds);
  const over = (x: tf.Tensor) => {
    const product = tf.mul(predicted, tf.expandDims(x, 0));
    const count = options.thresholds.length;
    return options.multiLabel ? tf.sum(product, 1) : tf.sum(tf.reshape(product, [count, -1]), 1);
  };
  const all = (x: tf.Tensor) => (options.multiLabel ? tf.sum(x, 0) : tf.sum(x));
  const [tp, fp] = [over(positive), over(negative)];
  return { tp, fp, fn: tf.sub(all(positive), tp), tn: tf.sub(all(negative), fp) };
}
