import * as tf from "@tensorflow/tfjs-core";
import { engine } from "./engine";
import { trackHandle } from "./memory";

/** How a variable is named and whether optimizers change it. */
export interface VariableOptions {
  /** As it is shown and saved: `"dense/kernel"`. Default `"variable"`. */
  readonly name?: string;
  /** Whether gradients are taken for it. Default true. */
  readonly trainable?: boolean;
}

/** A `tf.Variable` that lives as long as something refers to it: TensorFlow.js's own registry would hold it for ever. */
class OwnedVariable extends tf.Variable {
  readonly #handle;

  constructor(initial: tf.Tensor, trainable: boolean, name: string) {
    super(initial, trainable, name, engine().nextTensorId());
    engine().incRef(this, null);
    this.#handle = { dataId: this.dataId, dtype: this.dtype, size: this.size };
    trackHandle(this, this.#handle);
  }

  override assign(newValue: tf.Tensor): void {
    super.assign(newValue);
    this.#handle.dataId = this.dataId;
  }
}

/**
 * Makes a variable: a tensor that `assign` changes in place. All state of training is held in these.
 *
 * Its memory is freed when the last reference to it is dropped; nobody has to call `dispose`.
 *
 * @param initial the first value; its shape and dtype are the variable's for good
 */
export function variable(initial: tf.Tensor, options: VariableOptions = {}): tf.Variable {
  return new OwnedVariable(initial, options.trainable ?? true, options.name ?? "variable");
}
