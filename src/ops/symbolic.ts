import type * as tf from "@tensorflow/tfjs-core";
import { originals } from "../activations/originals";
import { KerasTensor } from "../layers/keras_tensor";
import { applyOperation } from "../layers/operation";
import type { TensorLike } from "./arguments";
import { isOperation } from "./operations";

type Result<R> = R extends tf.Tensor
  ? KerasTensor
  : R extends object
    ? { readonly [key in keyof R]: R[key] extends tf.Tensor ? KerasTensor : R[key] }
    : R;

type Argument<A> = tf.Tensor extends A
  ? A | KerasTensor
  : readonly tf.Tensor[] extends A
    ? readonly (TensorLike | KerasTensor)[]
    : A;

type Arguments<A extends readonly unknown[]> = { [index in keyof A]: Argument<A[index]> };

/** The functions, which in functional models also take the symbolic outputs of layers. */
export type Symbolic<Functions> = {
  readonly [name in keyof Functions]: Functions[name] extends (...args: infer A) => infer R
    ? Functions[name] & ((...args: Arguments<A>) => Result<R>)
    : Functions[name];
};

const isSymbolic = (value: unknown): boolean =>
  value instanceof KerasTensor || (Array.isArray(value) && value.some((item) => item instanceof KerasTensor));

// What the shape alone answers.
const known: { readonly [name: string]: (x: KerasTensor) => unknown } = {
  shape: ({ shape }) => [...shape],
  ndim: ({ rank }) => rank,
  size: ({ shape }) => shape.reduce<number | null>((size, n) => (size === null || n === null ? null : size * n), 1),
};

/** Makes the functions add a step to a functional model when they are called on the outputs of its layers. */
export function symbolic<F extends { readonly [name: string]: unknown }>(functions: F): Symbolic<F> {
  const entries = Object.entries(functions).map(([name, fn]) => {
    if (typeof fn !== "function") return [name, fn];
    const call = (...args: unknown[]): unknown => {
      if (!args.some(isSymbolic)) return fn(...args);
      if (Object.hasOwn(known, name)) return known[name]!(args[0] as KerasTensor);
      if (isOperation(name)) return applyOperation(name, args);
      throw new TypeError(
        `ops.${name}() takes tensors with data. For the output of a layer in a functional model, use it in a Lambda layer.`,
      );
    };
    Object.defineProperty(call, "name", { value: fn.name });
    originals.set(call, fn as (x: tf.Tensor) => tf.Tensor);
    return [name, call];
  });
  return Object.fromEntries(entries);
}
