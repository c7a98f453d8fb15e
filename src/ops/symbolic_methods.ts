import { KerasTensor } from "../layers/keras_tensor";
import { applyOperation } from "../layers/operation";
import type { Axes, TensorLike } from "./arguments";
import type { OperationName } from "./operations";

interface Operations {
  readonly [method: string]: OperationName;
}

// biome-ignore format: the names fill the lines
const ofTwo = {
  sub: "subtract", mul: "multiply", div: "divide", pow: "power", matMul: "matmul", maximum: "maximum", minimum: "minimum",
  greater: "greater", greaterEqual: "greaterEqual", less: "less", lessEqual: "lessEqual", equal: "equal",
  notEqual: "notEqual",
} satisfies Operations;

// biome-ignore format: the names fill the lines
const ofOne = {
  neg: "negative", abs: "abs", square: "square", sqrt: "sqrt", exp: "exp", log: "log", relu: "relu", sigmoid: "sigmoid",
  tanh: "tanh",
} satisfies Operations;

const reductions = ["sum", "mean", "max", "min"] as const;

type Binary = { [method in keyof typeof ofTwo]: (other: TensorLike | KerasTensor) => KerasTensor };
type Unary = { [method in keyof typeof ofOne]: () => KerasTensor };
type Reduction = { [method in (typeof reductions)[number]]: (axis?: Axes, keepdims?: boolean) => KerasTensor };

// The methods of tensors that a functional model is likely to use.
declare module "../layers/keras_tensor" {
  interface KerasTensor extends Binary, Unary, Reduction {
    /** This plus another: `keras.ops.add`. The methods of this class are operations of `keras.ops`, by their names. */
    add(other: TensorLike | KerasTensor): KerasTensor;
    reshape(shape: Shape): KerasTensor;
    transpose(axes?: readonly number[]): KerasTensor;
    expandDims(axis: number): KerasTensor;
    squeeze(axis?: Axes): KerasTensor;
    /** A part as Python writes it in brackets: `x.slice(":, -1")`. */
    slice(selection: string): KerasTensor;
  }
}

const others = {
  add: "add",
  reshape: "reshape",
  transpose: "transpose",
  expandDims: "expandDims",
  squeeze: "squeeze",
  slice: "getItem",
} satisfies Operations;

/** Gives the tensors of functional models these methods. */
export function installSymbolicMethods(): void {
  const install = (name: string, value: (this: KerasTensor, ...args: never[]) => unknown) =>
    Object.defineProperty(KerasTensor.prototype, name, { value, configurable: true, writable: true });
  for (const [name, op] of Object.entries({ ...ofTwo, ...ofOne, ...others })) {
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
