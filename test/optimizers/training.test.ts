import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { sigmoid, softmax } from "../../src/activations/index";
import { variable } from "../../src/backend/variable";
import * as losses from "../../src/losses/index";
import * as optimizers from "../../src/optimizers/index";
import { inEachMode } from "../backends";
import { assertClose } from "../close";
import { goldens } from "../goldens";

interface Training {
  inputs: { X: number[][]; y: number[]; W_multi: (number[] | number[][])[] };
  optimizers: { optimizer: string; weights: (number[] | number[][])[]; predict_head: number[][] }[];
}

const golden = goldens<Training>("training");

const made: { [name: string]: () => optimizers.Optimizer } = {
  sgd: () => optimizers.get("sgd"),
  "SGD lr=0.1": () => optimizers.SGD({ learningRate: 0.1 }),
  "SGD momentum=0.9": () => optimizers.SGD({ momentum: 0.9 }),
  "SGD momentum=0.9 nesterov": () => optimizers.SGD({ momentum: 0.9, nesterov: true }),
  "SGD lr=0.1 momentum=0.5 clipnorm=0.1": () => optimizers.SGD(0.1, { momentum: 0.5, clipnorm: 0.1 }),
  adagrad: () => optimizers.get("adagrad"),
  "Adagrad lr=0.1 acc=0.2": () => optimizers.Adagrad(0.1, { initialAccumulatorValue: 0.2 }),
  rmsprop: () => optimizers.get("RMSprop"),
  "RMSprop lr=1e-2 rho=0.8": () => optimizers.RMSprop(1e-2, { rho: 0.8 }),
  "RMSprop momentum=0.5 centered": () => optimizers.RMSprop(1e-2, { momentum: 0.5, centered: true }),
  adam: () => optimizers.get("ADAM"),
  "Adam lr=0.01 b1=0.8 b2=0.95 eps=1e-4": () => optimizers.Adam(0.01, { beta1: 0.8, beta2: 0.95, epsilon: 1e-4 }),
  "Adam amsgrad": () => optimizers.Adam(0.01, { amsgrad: true }),
  "AdamW lr=0.01 wd=0.1": () => optimizers.AdamW(0.01, { weightDecay: 0.1 }),
  "Nadam lr=0.01": () => optimizers.Nadam(0.01),
  "Adamax lr=0.01": () => optimizers.Adamax(0.01),
  "Adadelta lr=1.0": () => optimizers.Adadelta(1),
  "SGD exponential decay": () => optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 3, 0.5)),
};

inEachMode("The weights after three epochs are Keras's with", (run) => {
  for (const { optimizer: name, weights: expected, predict_head } of golden.optimizers) {
    test(name, async () => {
      const { X, y, W_multi } = golden.inputs;
      const optimizer = made[name]?.();
      if (optimizer === undefined) throw new Error(`No optimizer for the golden case ${name}.`);
      const weights = W_multi.map((w) => variable(tf.tensor(w)));
      const [w1, b1, w2, b2] = weights as unknown as [tf.Tensor2D, tf.Tensor, tf.Tensor2D, tf.Tensor];
      const predict = (x: tf.Tensor2D) => {
        const hidden = sigmoid(tf.add(tf.matMul(x, w1), b1)) as tf.Tensor2D;
        return softmax(tf.add(tf.matMul(hidden, w2), b2));
      };
      const loss = losses.SparseCategoricalCrossentropy();
      for (let epoch = 0; epoch < 3; epoch++) {
        for (let from = 0; from < X.length; from += 32) {
          const batch = [tf.tensor2d(X.slice(from, from + 32)), tf.tensor1d(y.slice(from, from + 32))];
          await run(
            (x, t) => {
              const computeLoss = () => loss(t as tf.Tensor, predict(x as tf.Tensor2D)) as tf.Scalar;
              const { grads } = tf.variableGrads(computeLoss, uniquelyNamed(weights));
              optimizer.apply(
                weights.map((weight) => grads[weight.name]),
                weights,
              );
            },
            ...batch,
          );
        }
      }
      for (const [i, weight] of weights.entries()) assertClose(weight, expected[i] as number[], `${name}: weight ${i}`);
      assertClose(predict(tf.tensor2d(X.slice(0, 4))), predict_head, `${name}: predictions`);
    });
  }
});

/** tf.variableGrads tells variables apart by their names. */
function uniquelyNamed(weights: tf.Variable[]): tf.Variable[] {
  for (const [i, weight] of weights.entries()) weight.name = `weight_${i}`;
  return weights;
}
