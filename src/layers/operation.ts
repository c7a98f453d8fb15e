import type * as tf from "@tensorflow/tfjs-core";
import { asList } from "../backend/lists";
import * as functions from "../ops/functions";
import { type OperationName, operationOf } from "../ops/operations";
import { autoName } from "../utils/naming";
import { KerasTensor, type OutputSpec } from "./keras_tensor";
import { Layer, type LayerConfig } from "./layer";
import { probe } from "./probe";

// Looked up by name, which only an object allows.
const table: { readonly [name: string]: unknown } = functions;

type AnyFunction = (...args: unknown[]) => tf.Tensor | tf.Tensor[];

/** The place of an input among the arguments of an operation. */
export class Slot {
  constructor(readonly input: number) {}
}

interface OperationConfig {
  readonly name?: string;
  readonly op: OperationName;
  /** The arguments, with slots for the inputs. */
  readonly args: readonly unknown[];
}

/** A function of `keras.ops` as a step of a functional model: a layer without weights, as Keras has it. */
export class OperationLayer extends Layer {
  static override readonly className = "Operation";
  override supportsMasking = true;
  readonly op: OperationName;
  readonly args: readonly unknown[];

  constructor({ name, op, args }: OperationConfig) {
    super({ name: name ?? autoName(operationOf(op).className) });
    this.op = op;
    this.args = args;
    this.built = true;
  }

  override get kind(): string {
    return operationOf(this.op).className;
  }

  override computeMask(): null {
    return null;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | tf.Tensor[] {
    const list = asList(inputs);
    const fill = (value: unknown): unknown =>
      value instanceof Slot ? list[value.input] : Array.isArray(value) ? value.map(fill) : value;
    return (table[this.op] as AnyFunction)(...this.args.map(fill));
  }

  override computeOutputSpec(inputs: readonly KerasTensor[]): OutputSpec | OutputSpec[] {
    // Sizes that many numbers divide, because an operation may split an axis.
    return probe((zeros) => this.call(zeros), inputs, [12, 24]);
  }

  override getConfig() {
    const plain = (value: unknown): unknown =>
      value instanceof Slot ? { slot: value.input } : Array.isArray(value) ? value.map(plain) : value;
    return { name: this.name, op: this.op, args: this.args.map(plain) };
  }

  static override fromConfig<T extends Layer>(this: new (config: OperationConfig) => T, config: LayerConfig): T {
    const slots = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(slots);
      const { slot } = (value ?? {}) as { slot?: unknown };
      return typeof slot === "number" ? new Slot(slot) : value;
    };
    return new this({ ...(config as unknown as OperationConfig), args: (config["args"] as unknown[]).map(slots) });
  }
}

/** Adds an operation to a functional model; some of its arguments, or items of them, are outputs of the model's layers. */
export function applyOperation(op: OperationName, args: readonly unknown[]): KerasTensor | KerasTensor[] {
  const inputs: KerasTensor[] = [];
  const slot = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(slot);
    return value instanceof KerasTensor ? new Slot(inputs.push(value) - 1) : value;
  };
  return new OperationLayer({ op, args: args.map(slot) }).apply(inputs);
}
