import * as tf from "@tensorflow/tfjs-core";
import type { OperationLayer } from "../layers/operation";
import type { Source } from "../models/model_config";
import { operationNamed, operationOf } from "../ops/operations";
import { isKerasObject, isStoredTensor, type KerasConfig, type KerasObject } from "./json";
import { toCamel, toSnake } from "./spelling";

const isOptions = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !("slot" in value);

/** The arguments of an operation by Keras's names. */
function named(layer: OperationLayer): Map<string, unknown> {
  const { parameters } = operationOf(layer.op);
  const values = new Map<string, unknown>();
  for (const [i, value] of layer.getConfig().args.entries()) {
    const parameter = parameters[Math.min(i, parameters.length - 1)];
    if (i > 0 && isOptions(value)) for (const [name, each] of Object.entries(value)) values.set(toSnake(name), each);
    else if (parameter?.rest) values.set(parameter.name, [...((values.get(parameter.name) as unknown[]) ?? []), value]);
    else if (parameter !== undefined) values.set(parameter.name, value);
  }
  return values;
}

/** An operation as Keras writes it, and the arguments of its one call. */
export function operationToKeras(
  layer: OperationLayer,
  tensor: (input: number) => unknown,
): { readonly object: KerasObject; readonly args: readonly unknown[] } {
  const { module, className, parameters } = operationOf(layer.op);
  const values = named(layer);
  const given = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(given);
    if (value instanceof tf.Tensor) {
      return { class_name: "__tensor__", config: { value: value.arraySync(), dtype: value.dtype } };
    }
    return typeof value === "object" && value !== null && "slot" in value ? tensor(value.slot as number) : value;
  };
  const options = parameters.filter(({ option, name }) => option && values.has(name));
  const inputs = parameters.filter(({ option, name }) => !option && values.has(name));
  const config = { name: layer.name, ...Object.fromEntries(options.map(({ name }) => [name, values.get(name)])) };
  return {
    object: { module, class_name: className, config, registered_name: className },
    args: inputs.flatMap(({ name, rest }) => {
      const value = values.get(name);
      if (layer.op === "getItem" && name === "key") return [keyToKeras(value as string)];
      // Python's functions take a list of numbers for a list of tensors.
      if (isNumbers(value)) return [given(tf.tensor(value, undefined, name === "indices" ? "int32" : "float32"))];
      return rest ? (given(value) as unknown[]) : [given(value)];
    }),
  };
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "number" || isNumbers(item));

/** `":, -1"`, which Python has in brackets, as Keras writes it. */
function keyToKeras(key: string): unknown[] {
  return key.split(",").map((part) => {
    const text = part.trim();
    if (text === "...") return { class_name: "__ellipsis__", config: {} };
    if (!text.includes(":")) return Number(text);
    const [start = null, stop = null, step = null] = text
      .split(":")
      .map((bound) => (bound.trim() === "" ? null : Number(bound)));
    return { class_name: "__slice__", config: { start, stop, step } };
  });
}

function keyFromKeras(key: unknown, layer: string): string {
  const parts = (Array.isArray(key) ? key : [key]).map((part: unknown) => {
    if (typeof part === "number") return String(part);
    if (isKerasObject(part) && part.class_name === "__ellipsis__") return "...";
    if (isKerasObject(part) && part.class_name === "__slice__") {
      const { start, stop, step } = part.config as { [bound: string]: number | null };
      return `${start ?? ""}:${stop ?? ""}${step === null ? "" : `:${step}`}`;
    }
    throw new Error(`operation "${layer}" takes a part of a tensor in a way that tskeras does not have`);
  });
  return parts.join(", ");
}

/** Values with which options that do not exist here change nothing. */
const inert: { readonly [option: string]: unknown } = { axis: -1, axis2: 1, dtype: "float32" };

/** An operation that Keras wrote, as a layer here and the inputs of its one call; undefined for another class. */
export function operationFromKeras(
  entry: KerasObject & { readonly name: string },
  call: { readonly args: readonly unknown[]; readonly kwargs: KerasConfig },
  tensor: (value: unknown) => Source,
): { readonly config: { readonly [option: string]: unknown }; readonly inputs: Source[] } | undefined {
  const op = operationNamed(entry.class_name);
  if (op === undefined || !entry.module?.startsWith("keras.src.ops.")) return undefined;
  const { parameters } = operationOf(op);
  const sources: Source[] = [];
  const given = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(given);
    if (!isKerasObject(value)) return value;
    if (isStoredTensor(value)) {
      const { value: numbers, dtype } = value.config;
      return tf.tensor(numbers, undefined, dtype === "bool" ? "bool" : dtype.startsWith("float") ? "float32" : "int32");
    }
    return { slot: sources.push(tensor(value)) - 1 };
  };
  const { name, ...options } = entry.config as { readonly name: string };
  const values = new Map<string, unknown>(Object.entries({ ...options, ...call.kwargs }));
  const called = parameters.filter(({ option }) => !option);
  for (const [i, value] of call.args.entries()) {
    const parameter = called[Math.min(i, called.length - 1)];
    if (parameter?.rest) values.set(parameter.name, [...((values.get(parameter.name) as unknown[]) ?? []), value]);
    else if (parameter !== undefined) values.set(parameter.name, value);
  }
  const args: unknown[] = [];
  const last: { [option: string]: unknown } = {};
  for (const parameter of parameters) {
    const value = values.get(parameter.name);
    values.delete(parameter.name);
    const isKey = op === "getItem" && parameter.name === "key";
    if (parameter.rest) args.push(...(given(value) as unknown[]));
    else if (isKey) args.push(keyFromKeras(value, name));
    else if (!parameter.named) args.push(value === undefined ? undefined : given(value));
    else if (value !== undefined) last[toCamel(parameter.name)] = given(value);
  }
  for (const [option, value] of values) {
    if (value === null || value === false || value === 0 || inert[option] === value) continue;
    throw new Error(`operation "${name}" has ${option} ${JSON.stringify(value)}, which tskeras does not have`);
  }
  if (Object.keys(last).length > 0) args.push(last);
  return { config: { name, op, args }, inputs: sources };
}
