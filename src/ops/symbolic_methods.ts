import { KerasTensor } from "../layers/keras_tensor";
import { applyOperation } from "../layers/operation";
import type { Axes, TensorLike } from "./arguments";
import type { OperationName } from "./operations";

type Other = TensorLike | KerasTensor;

// What reads naturally on tensors, on those of functional models, too.
declare module "../layers/keras_tensor" {
  interface KerasTensor {
    /** This plus another: `keras.ops.add`. The methods of this class are operations of `keras.ops`, by their names. */
    add(other: Other): KerasTensor;
    sub(other: Other): KerasTensor;
    mul(other: Other): KerasTensor;
    div(other: Other): KerasTensor;
    pow(other: Other): KerasTensor;
    matMul(other: Other): KerasTensor;
    maximum(other: Other): KerasTensor;
    minimum(other: Other): KerasTensor;
    greater(other: Other): KerasTensor;
    greaterEqual(other: Other): KerasTensor;
    less(other: Other): KerasTensor;
    lessEqual(other: Other): KerasTensor;
    equal(other: Other): KerasTensor;
    notEqual(other: Other): KerasTensor;
    neg(): KerasTensor;
    abs(): KerasTensor;
    square(): KerasTensor;
    sqrt(): KerasTensor;
    exp(): KerasTensor;
    log(): KerasTensor;
    relu(): KerasTensor;
    sigmoid(): KerasTensor;
    tanh(): KerasTensor;
    sum(axis?: Axes, keepdims?: boolean): KerasTensor;
    mean(axis?: Axes, keepdims?: boolean): KerasTensor;
    max(axis?: Axes, keepdims?: boolean): KerasTensor;
    min(axis?: Axes, keepdims?: boolean): KerasTensor;
    reshape(shape: Shape): KerasTensor;
    transpose(axes?: readonly number[]): KerasTensor;
    expandDims(axis: number): KerasTensor;
    squeeze(axis?: Axes): KerasTensor;
    /** A part as Python writes it between brackets: `x.slice(":, -1")`. */
    slice(selection: string): KerasTensor;
  }
}

const methods: { readonly [method: string]: OperationName } = {
  add: "add",
  sub: "subtract",
  mul: "multiply",
  div: "divide",
  pow: "power",
  matMul: "matmul",
  maximum: "maximum",
  minimum: "minimum",
  greater: "greater",
  greaterEqual: "greaterEqual",
  less: "less",
  lessEqual: "lessEqual",
  equal: "equal",
  notEqual: "notEqual",
  neg: "negative",
  abs: "abs",
  square: "square",
  sqrt: "sqrt",
  exp: "exp",
  log: "log",
  relu: "relu",
  sigmoid: "sigmoid",
  tanh: "tanh",
  reshape: "reshape",
  transpose: "transpose",
  expandDims: "expandDims",
  squeeze: "squeeze",
  slice: "getItem",
};

const reductions: readonly OperationName[] = ["sum", "mean", "max", "min"];

/** Gives the tensors of functional models these methods. */
export function installSymbolicMethods(): void {
  const install = (name: string, value: (this: KerasTensor, ...args: never[]) => unknown) =>
    Object.defineProperty(KerasTensor.prototype, name, { value, configurable: true, writable: true });
  for (const [name, op] of Object.entries(methods)) {
    install(name, function (...args) {
      return applyOperation(op, [this, ...args]);
    });
  }
  for (const op of reductions) {
    install(op, function (axis: Axes = null, keepdims = false) {
      return applyOperation(op, [this, { axis, keepdims }]);
    });
  }
}
