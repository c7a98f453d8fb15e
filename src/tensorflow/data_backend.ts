import * as tf from "@tensorflow/tfjs-core";

type DataId = tf.TensorInfo["dataId"];

/**
 * A TensorFlow.js backend without kernels that only holds data. The engine moves a tensor to the backend that computes with
 * it, so data held here are copied only when they are needed elsewhere.
 */
export abstract class DataBackend<Data extends object> extends tf.KernelBackend {
  readonly #held = new WeakMap<DataId, { readonly data: Data; references: number }>();
  #count = 0;

  hold(data: Data, dataId: DataId = {}, references = 1): DataId {
    this.#held.set(dataId, { data, references });
    this.#count++;
    return dataId;
  }

  /** What `dataId` holds; undefined if it was disposed or moved to another backend. */
  data(dataId: DataId): Data | undefined {
    return this.#held.get(dataId)?.data;
  }

  override async read(dataId: DataId): Promise<tf.backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const held = this.#held.get(dataId);
    if (held === undefined) return true;
    held.references--;
    if (!force && held.references > 0) return false;
    this.#held.delete(dataId);
    this.#count--;
    return true;
  }

  override refCount(dataId: DataId): number {
    return this.#held.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: DataId): void {
    const held = this.#held.get(dataId);
    if (held !== undefined) held.references++;
  }

  decRef(dataId: DataId): void {
    const held = this.#held.get(dataId);
    if (held !== undefined) held.references--;
  }

  override numDataIds(): number {
    return this.#count;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override timerAvailable(): boolean {
    return false;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {}
}
