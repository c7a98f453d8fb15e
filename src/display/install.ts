import { type InspectOptions, inspect } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { displaySymbol, type MimeBundle } from "./host";
import { nested } from "./nested";
import { tensorKind, tensorText } from "./tensor_text";

/** Lets tensors show themselves: as a cell's value, in `console.log`, and as text. */
export function install(): void {
  const original = tf.Tensor.prototype.toString;
  const text = (tensor: tf.Tensor): string => {
    if (tensor.isDisposed) return tensorKind(tensor);
    return tensor.dtype === "complex64" ? original.call(tensor) : tensorText(tensor);
  };
  const full = (tensor: tf.Tensor) =>
    tensor.isDisposed ? tensorKind(tensor) : `${text(tensor)}\n${tensorKind(tensor)}`;
  const methods = {
    toString: (tensor: tf.Tensor) => text(tensor),
    [displaySymbol]: (tensor: tf.Tensor): MimeBundle => ({ "text/plain": full(tensor) }),
    [inspect.custom]: (tensor: tf.Tensor, depth: number | null, options: InspectOptions) =>
      nested(depth, options) ? `${tensorKind(tensor)}` : full(tensor),
  };
  for (const key of Reflect.ownKeys(methods)) {
    const method = methods[key as keyof typeof methods] as (tensor: tf.Tensor, ...args: unknown[]) => unknown;
    const value = function (this: tf.Tensor, ...args: unknown[]) {
      return method(this, ...args);
    };
    Object.defineProperty(tf.Tensor.prototype, key, { value, configurable: true, writable: true });
  }
}
