import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs-core";
import { variable } from "../../src/backend/variable";
import * as optimizers from "../../src/optimizers/index";
import { inEachMode, onEachBackend } from "../backends";
import { assertClose, type Numbers } from "../close";
import { kerasValues, make } from "../keras_values";

const { start, gradients, cases } = kerasValues().optimizers;
const classes = { ...optimizers.classes, ...optimizers.schedules };
const tensor = (values: Numbers) => tf.tensor(values as tf.TensorLike);

inEachMode("Six updates are Keras's with", (run) => {
  for (const { optimizer: label, steps, final, variables, ...made } of cases) {
    test(label, async () => {
      const optimizer = make<optimizers.Optimizer>(classes, made);
      const weights = start.map((values) => variable(tensor(values)));
      for (const [step, values] of gradients.entries()) {
        await run((...batch) => optimizer.apply(batch, weights), ...values.map(tensor));
        for (const [i, weight] of weights.entries()) {
          assertClose(weight, steps[step]?.[i] as Numbers, `${label}: weight ${i} after update ${step}`);
        }
      }
      optimizer.finalizeVariableValues();
      for (const [i, weight] of weights.entries())
        assertClose(weight, final[i] as Numbers, `${label}: weight ${i} at the end`);
      assert.deepEqual(
        optimizer.variables.map((v) => v.shape),
        variables,
        `${label}: variables`,
      );
    });
  }
});

onEachBackend("Learning rates are Keras's with", () => {
  for (const { schedule: label, steps, rates, ...made } of kerasValues().schedules) {
    test(label, () => {
      const schedule = make<optimizers.schedules.LearningRateSchedule>(optimizers.schedules, made);
      for (const [i, step] of steps.entries()) assertClose(schedule(step), rates[i] as number, `${label} at ${step}`);
    });
  }
});

test("the learning rate can be set to a number or a schedule", () => {
  const optimizer = optimizers.SGD(0.5);
  assert.equal(optimizer.learningRate, 0.5);
  optimizer.learningRate = 0.25;
  assert.equal(optimizer.learningRate, 0.25);
  optimizer.learningRate = optimizers.schedules.PiecewiseConstantDecay([0], [1, 2]);
  assert.equal(optimizer.learningRate, 1);
  assert.throws(() => {
    optimizer.learningRate = 0.1;
  }, /follows a schedule/);
});

test("weights are left out of the decay by name", () => {
  const [kernel, bias] = [variable(tf.ones([2]), { name: "kernel" }), variable(tf.ones([2]), { name: "bias" })];
  const optimizer = optimizers.SGD(0.1, { weightDecay: 0.5 });
  optimizer.excludeFromWeightDecay({ varNames: ["bias"] });
  optimizer.apply([tf.zeros([2]), tf.zeros([2])], [kernel, bias]);
  assertClose(kernel, [0.95, 0.95], "kernel");
  assertClose(bias, [1, 1], "bias");
});

test("centered RMSprop stays finite for small gradients (TensorFlow.js takes the root of a negative number)", () => {
  const weight = variable(tf.ones([1]));
  const optimizer = optimizers.RMSprop({ centered: true });
  for (let i = 0; i < 50; i++) optimizer.apply([tf.tensor1d([1e-4])], [weight]);
  assert.ok(Number.isFinite(weight.dataSync()[0]));
});

test("mistakes are named", () => {
  assert.throws(() => optimizers.get("adma" as "adam"), /Unknown optimizer "adma".*Adam/);
  assert.throws(() => optimizers.Adam({ learnigRate: 0.1 } as object), /has no option "learnigRate".*learningRate/);
  assert.throws(() => optimizers.SGD(0.1, { momentum: 2 }), /momentum to be a number from 0 to 1 but found number 2/);
  assert.throws(() => optimizers.SGD(0.1, { clipnorm: 1, clipvalue: 1 }), /only one of clipnorm/);
  assert.throws(() => optimizers.SGD("0.1" as unknown as number), /learning rate/);
});
