import type * as tf from "@tensorflow/tfjs-core";
import { RandomState } from "../random";
import { arrayOf, readNpz } from "../utils/npz";
import { takeRows } from "../utils/rows";
import { storedTensor } from "../utils/stored_tensor";
import { type DataSplit, storable } from "./origin";

/**
 * Reads `x` and `y` of an archive, shuffles the rows as NumPy does and sets the last ones aside.
 *
 * @param rows how many rows to read. Default all
 */
export async function loadHousing(
  path: string,
  seed: number,
  testSplit: number,
  rows?: number,
): Promise<DataSplit<tf.Tensor2D, tf.Tensor1D>> {
  const arrays = await readNpz(path);
  const tensor = (name: string): tf.Tensor => {
    const { values, shape } = arrayOf(arrays, name, path);
    return storedTensor(Float32Array.from(storable(values)), shape);
  };
  const x = tensor("x") as tf.Tensor2D;
  const y = tensor("y") as tf.Tensor1D;
  const order = RandomState(seed).permutation(Math.min(rows ?? x.shape[0], x.shape[0]));
  const end = Math.trunc(order.length * (1 - testSplit));
  const [train, test] = [order.subarray(0, end), order.subarray(end)];
  return [
    [takeRows(x, train), takeRows(y, train)],
    [takeRows(x, test), takeRows(y, test)],
  ];
}
