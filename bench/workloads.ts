/** What every engine trains, by the numbers; `peers/keras_peer.py` reads the same. */
export interface Workload {
  readonly title: string;
  readonly data: "fashion" | "multiHot" | "table";
  readonly rows: number;
  readonly layers: readonly Layer[];
  readonly loss: string;
  readonly optimizer: "rmsprop" | "adam";
  readonly metric: string;
  readonly batchSize: number;
}

type Layer =
  | readonly ["dense", units: number, activation: string | null]
  | readonly ["conv", filters: number]
  | readonly ["pool"]
  | readonly ["flatten"]
  | readonly ["dropout", rate: number];

const classifier = { data: "fashion", loss: "sparse_categorical_crossentropy", metric: "accuracy" } as const;

/** The workloads, by name. */
export const workloads: Readonly<Record<string, Workload>> = {
  W1: {
    ...classifier,
    title: "784-100-10, batch 32, RMSprop",
    rows: 48000,
    layers: [["flatten"], ["dense", 100, "sigmoid"], ["dense", 10, "softmax"]],
    optimizer: "rmsprop",
    batchSize: 32,
  },
  W2: {
    ...classifier,
    title: "Flatten-100-10, batch 32, Adam",
    rows: 48000,
    layers: [["flatten"], ["dense", 100, "relu"], ["dense", 10, "softmax"]],
    optimizer: "adam",
    batchSize: 32,
  },
  W3: {
    ...classifier,
    title: "784-512-10, batch 128, RMSprop",
    rows: 60000,
    layers: [["flatten"], ["dense", 512, "relu"], ["dense", 10, "softmax"]],
    optimizer: "rmsprop",
    batchSize: 128,
  },
  W4: {
    title: "multi-hot 10000-16-16-1, batch 512, RMSprop",
    data: "multiHot",
    rows: 15000,
    layers: [
      ["dense", 16, "relu"],
      ["dense", 16, "relu"],
      ["dense", 1, "sigmoid"],
    ],
    loss: "binary_crossentropy",
    metric: "accuracy",
    optimizer: "rmsprop",
    batchSize: 512,
  },
  W5: {
    title: "13-64-64-1, batch 1, RMSprop, MSE",
    data: "table",
    rows: 404,
    layers: [
      ["dense", 64, "relu"],
      ["dense", 64, "relu"],
      ["dense", 1, null],
    ],
    loss: "mse",
    metric: "mae",
    optimizer: "rmsprop",
    batchSize: 1,
  },
  W6: {
    ...classifier,
    title: "convolutional, batch 32, Adam",
    rows: 6400,
    layers: [
      ["conv", 32],
      ["pool"],
      ["conv", 64],
      ["pool"],
      ["flatten"],
      ["dense", 100, "relu"],
      ["dropout", 0.4],
      ["dense", 10, "softmax"],
    ],
    optimizer: "adam",
    batchSize: 32,
  },
};
