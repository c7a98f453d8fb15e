import { test } from "node:test";
import { keras, tf } from "../../src/index";
import { onEachBackend } from "../backends";
import { assertClose } from "../close";

const { layers } = keras;
const dense = (options: { activityRegularizer?: "l2" } = {}) =>
  layers.Dense(2, { kernelInitializer: "ones", ...options });

/** Subtracts the mean of the batch, which only its author knows. */
class Centered extends layers.Layer {
  override call(x: tf.Tensor) {
    return x.sub(x.mean(0, true));
  }
}

// Losses of two epochs, then what the model predicts: from Keras 3.15, which calls the layer once for each step.
const cases: { [name: string]: { make: () => keras.layers.Layer; losses: number[]; predicted: number[] } } = {
  "statistics of the batch inside a model": {
    make: () => keras.Sequential([dense(), layers.BatchNormalization({ momentum: 0.9 })]),
    losses: [3.8861520290374756, 3.1681981086730957],
    predicted: [
      0.4523200988769531, 0.4903201162815094, 0.8563774824142456, 0.8943774700164795, 1.260434865951538,
      1.298434853553772, -0.5679236650466919, -0.5299235582351685, -0.8507637977600098, -0.8127638101577759,
      -1.1336039304733276, -1.0956038236618042,
    ],
  },
  "statistics of the batch": {
    make: () => layers.BatchNormalization({ momentum: 0.9 }),
    losses: [3.8844738006591797, 3.1673216819763184],
    predicted: [
      0.3324156701564789, 0.5019997954368591, 0.674124002456665, 0.8127862811088562, 1.0158324241638184,
      1.123572826385498, -0.3851718604564667, -0.4148203432559967, -0.6243677139282227, -0.6323708891868591,
      -0.863563597202301, -0.8499214053153992,
    ],
  },
  "a loss that is a mean over the batch": {
    make: () => keras.Sequential([dense({ activityRegularizer: "l2" })]),
    losses: [12.084590911865234, 5.708469867706299],
    predicted: [
      0.39404061436653137, 0.4279212951660156, 0.7127907276153564, 0.7329344749450684, 1.031540870666504,
      1.037947654724121, -0.39189526438713074, -0.32371118664741516, -0.6150203943252563, -0.5372204780578613,
      -0.8381454944610596, -0.7507296800613403,
    ],
  },
  "a regularizer of the layer itself, which Keras does not call": {
    make: () => dense({ activityRegularizer: "l2" }),
    losses: [11.742396354675293, 5.800775527954102],
    predicted: [
      0.39474231004714966, 0.4287358522415161, 0.7350953221321106, 0.7551530599594116, 1.0754483938217163,
      1.0815703868865967, -0.44644609093666077, -0.3776434659957886, -0.6846932172775269, -0.6061356067657471,
      -0.9229402542114258, -0.8346275687217712,
    ],
  },
};

const numbers = Array.from({ length: 12 }, (_, i) => i);
const x = tf.tensor(
  numbers.map((i) => (i / 4) * (i < 6 ? 1 : -0.7)),
  [2, 3, 2],
);
const y = tf.tensor(
  numbers.map((i) => i / 5),
  [2, 3, 2],
);

onEachBackend("TimeDistributed takes each step on its own", () => {
  for (const [name, { make, losses, predicted }] of Object.entries(cases)) {
    for (const runEagerly of [false, true]) {
      test(`${name}, ${runEagerly ? "eager" : "compiled"}`, async () => {
        const model = keras.Sequential([keras.Input([3, 2]), layers.TimeDistributed(make())]);
        model.compile({ optimizer: keras.optimizers.SGD(0.1), loss: "mse", runEagerly });
        const { history } = await model.fit(x, y, { epochs: 2, batchSize: 2, shuffle: false, verbose: 0 });
        assertClose(history["loss"]!, losses, "losses");
        const outputs = await model.predict(x, { verbose: 0 });
        assertClose([...outputs.dataSync()], predicted, "predictions", { atol: 1e-5 });
      });
    }
  }

  test("a class of the user's", () => {
    const sequence = tf.tensor([1, 10, 3, 30], [2, 2, 1]);
    const centered = layers.TimeDistributed(new Centered())(sequence);
    assertClose([...centered.dataSync()], [-1, -10, 1, 10], "each step less its own mean");
  });
});
