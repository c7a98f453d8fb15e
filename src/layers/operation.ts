import * as tf from "@tensorflow/tfjs-core";
import * as functions from "../ops/functions";
import { type OperationName, operationOf } from "../ops/operations";
import { autoName } from "../utils/naming";
import { KerasTensor, type OutputSpec } from "./keras_tensor";
import { Layer } from "./layer";

// Looked up by name, which only an object allows.
const table: { readonly [name: string]: unknown } = functions;

type AnyFunction = (...args: unknown[]) => tf.Tensor | tf.Tensor[];

/** The place of an input among the arguments of an operation. */
export class Slot {
  readonly input: number;

  constructor(input: number) {
    this.input = input;
  }
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
    const list = Array.isArray(inputs) ? inputs : [inputs];
    const fill = (value: unknown): unknown =>
      value instanceof Slot ? list[value.input] : Array.isArray(value) ? value.map(fill) : value;
    return (table[this.op] as AnyFunction)(...this.args.map(fill));
  }

  override computeOutputSpec(inputs: readonly KerasTensor[]): OutputSpec | OutputSpec[] {
    // Two sizes for those that are unknown, which many numbers divide: what differs depends on them.
    const [first, second] = [this.#specFor(inputs, 12), this.#specFor(inputs, 24)];
    const merge = (a: OutputSpec, b: OutputSpec): OutputSpec => ({
      shape: a.shape.map((size, axis) => (size === b.shape[axis] ? size : null)),
      dtype: a.dtype,
    });
    if (!Array.isArray(first) || !Array.isArray(second)) return merge(first as OutputSpec, second as OutputSpec);
    return first.map((each, i) => merge(each, second[i] as OutputSpec));
  }

  #specFor(inputs: readonly KerasTensor[], unknown: number): OutputSpec | OutputSpec[] {
    let spec: OutputSpec | OutputSpec[] = [];
    tf.tidy(() => {
      const zeros = inputs.map(({ shape, dtype }) =>
        tf.zeros(
          shape.map((size) => size ?? unknown),
          dtype,
        ),
      );
      const of = ({ shape, dtype }: tf.Tensor): OutputSpec => ({ shape, dtype });
      const result = this.call(zeros);
      spec = Array.isArray(result) ? result.map(of) : of(result);
    });
    return spec;
  }

  override getConfig() {
    const plain = (value: unknown): unknown =>
      value instanceof Slot ? { slot: value.input } : Array.isArray(value) ? value.map(plain) : value;
    return { name: this.name, op: this.op, args: this.args.map(plain) };
  }

  static override fromConfig<T extends Layer>(
    this: new (
      config: OperationConfig,
    ) => T,
    config: { readonly [option: string]: unknown },
  ): T {
    const slots = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(slots);
      const { slot } = (value ?? {}) as { slot?: unknown };
      return typeof slot === "number" ? new Slot(slot) : value;
    };
    return new this({ ...(config as unknown as OperationConfig), args: (config["args"] as unknown[]).map(slots) });
  }
}

/** Adds an operation to a functional model; some of the arguments, or items of them, are what its layers gave. */
export function applyOperation(op: OperationName, args: readonly unknown[]): KerasTensor | KerasTensor[] {
  const inputs: KerasTensor[] = [];
  const slot = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(slot);
    return value instanceof KerasTensor ? new Slot(inputs.push(value) - 1) : value;
  };
  return new OperationLayer({ op, args: args.map(slot) }).apply(inputs);
}
