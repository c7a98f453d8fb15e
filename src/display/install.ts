import { type InspectOptions, inspect } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { displaySymbol, type MimeBundle } from "./host";
import { nested } from "./nested";
import { tensorKind, tensorText } from "./tensor_text";

const original = tf.Tensor.prototype.toString;

function text(tensor: tf.Tensor): string {
  if (tensor.isDisposed) return tensorKind(tensor);
  return tensor.dtype === "complex64" ? original.call(tensor) : tensorText(tensor);
}

const full = (tensor: tf.Tensor) => (tensor.isDisposed ? "" : `${text(tensor)}\n`) + tensorKind(tensor);

/** Lets tensors show themselves: as a cell's value, in `console.log`, and as text. */
export function install(): void {
  const methods = {
    toString(this: tf.Tensor): string {
      return text(this);
    },
    [displaySymbol](this: tf.Tensor): MimeBundle {
      return { "text/plain": full(this) };
    },
    [inspect.custom](this: tf.Tensor, depth: number | null, options: InspectOptions): string {
      return nested(depth, options) ? tensorKind(this) : full(this);
    },
  };
  for (const key of Reflect.ownKeys(methods) as (keyof typeof methods)[]) {
    Object.defineProperty(tf.Tensor.prototype, key, { value: methods[key], configurable: true, writable: true });
  }
}
