import { keras, type tf, trainTestSplit } from "../../src/index";

/** How much of it a program does; the whole if nothing is said. */
export interface Amount {
  /** How many of the 60,000 training images are used. */
  readonly rows?: number;
  readonly epochs?: number;
}

type Parts = readonly [trainScaled: tf.Tensor, valScaled: tf.Tensor, trainTarget: tf.Tensor, valTarget: tf.Tensor];

/** Fashion-MNIST, scaled and split as the book does. */
export async function fashionParts(shape: number[], { rows = 60_000 }: Amount): Promise<Parts> {
  const [[trainInput, trainTarget]] = await keras.datasets.fashionMnist.loadData();
  const trainScaled = trainInput.slice(0, rows).reshape(shape).div(255);
  return trainTestSplit(trainScaled, trainTarget.slice(0, rows), { testSize: 0.2, randomState: 42 });
}
