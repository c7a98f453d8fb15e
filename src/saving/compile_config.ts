import * as losses from "../losses/index";
import { Loss } from "../losses/loss";
import * as metrics from "../metrics/index";
import { Metric } from "../metrics/metric";
import * as optimizers from "../optimizers/index";
import { describe } from "../options/options";
import type { Compilation } from "../trainers/compilation";
import type { CompileOptions } from "../trainers/compile_options";
import { toSnakeCase } from "../utils/naming";
import { type CustomObjects, findCustom, functionFromKeras, serializedFromKeras } from "./from_keras";
import { builtIn, custom, isKerasObject, type KerasConfig, type KerasObject } from "./json";
import { isSerialized, type Serialized } from "./serialization";
import { configToKeras, functionToKeras, knownToKeras } from "./to_keras";

function objectToKeras(
  module: string,
  known: object,
  object: { getConfig(): { [option: string]: unknown } },
): KerasObject {
  const { className, name: ownName } = object.constructor as { readonly className?: string; readonly name: string };
  // A user's class inherits the className of its base.
  const name = (Object.hasOwn(object.constructor, "className") ? className : undefined) ?? ownName;
  const config = configToKeras(knownToKeras(module, name, object.getConfig()), name);
  return Object.hasOwn(known, name) ? builtIn(module, name, config) : custom(name, config, name);
}

/** How a model was compiled, as Keras writes it. */
export function compilationToKeras({ options, optimizer }: Compilation): KerasConfig {
  return {
    optimizer: objectToKeras("keras.optimizers", optimizers.classes, optimizer),
    loss: toKeras(options.loss, "The loss"),
    loss_weights: options.lossWeights ?? null,
    metrics: toKeras(options.metrics, "The metric"),
    weighted_metrics: toKeras(options.weightedMetrics, "The metric"),
    run_eagerly: options.runEagerly ?? false,
    steps_per_execution: 1,
    jit_compile: options.jitCompile ?? "auto",
  };
}

/** A loss or metric, or several in a list or by output. */
function toKeras(value: unknown, where: string): unknown {
  if (value === undefined || value === null) return null;
  // Keras knows class names and names in snake case.
  if (typeof value === "string") return /^[A-Z]/.test(value) ? value : toSnakeCase(value);
  if (value instanceof Loss)
    return "fn" in value ? toKeras(value.fn, where) : objectToKeras("keras.losses", losses.classes, value);
  if (value instanceof Metric) return objectToKeras("keras.metrics", metrics, value);
  if (typeof value === "function") {
    const name = losses.nameOf(value as losses.LossFunction);
    return value.name === "" || name === value.name ? functionToKeras(value as { readonly name: string }, where) : name;
  }
  if (typeof value === "object") return mapItems(value, (item) => toKeras(item, where));
  throw new TypeError(`${where} cannot be saved: found ${describe(value)}.`);
}

/** What `compile` takes, from what Keras wrote. */
export function compilationFromKeras(config: KerasConfig, objects: CustomObjects): CompileOptions {
  const { optimizer, loss, loss_weights: lossWeights, metrics: given, weighted_metrics: weighted } = config;
  const options = {
    loss: fromKeras(loss, "loss", objects),
    lossWeights,
    metrics: fromKeras(given, "metric", objects),
    weightedMetrics: fromKeras(weighted, "metric", objects),
    optimizer: typeof optimizer === "string" ? optimizer : optimizerFromKeras(optimizer, objects),
    runEagerly: config["run_eagerly"] === true,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null && value !== undefined));
}

type AnyClass = new (options?: object) => unknown;

function optimizerFromKeras(value: unknown, objects: CustomObjects): unknown {
  if (!isKerasObject(value)) throw new Error("its config.json names no optimizer");
  const { className, config } = serializedFromKeras(value, objects);
  const { learningRate } = config;
  const Optimizer = classOf(value, objects, optimizers.classes, "optimizer");
  return new Optimizer({
    ...config,
    ...(isSerialized(learningRate) ? { learningRate: schedule(learningRate, objects) } : {}),
    name: config["name"] ?? className,
  });
}

function schedule({ className, config }: Serialized, objects: CustomObjects): unknown {
  const object = { module: null, class_name: className, config, registered_name: null };
  return new (classOf(object, objects, optimizers.schedules, "learning rate schedule"))(config);
}

/** The class of an object: one of the custom objects, or of `known`. */
function classOf(object: KerasObject, objects: CustomObjects, known: object, what: string): AnyClass {
  const { class_name: name, registered_name: registered } = object;
  const own = findCustom(registered ?? name, objects);
  const found = own ?? (Object.hasOwn(known, name) ? (known as { [name: string]: unknown })[name] : undefined);
  if (typeof found === "function") return found as AnyClass;
  throw new Error(
    `there is no ${what} "${name}" in tskeras. If it is one of your own, pass it: loadModel(path, { customObjects: { ${name} } })`,
  );
}

/** A loss or metric, or several in a list or by output. */
function fromKeras(value: unknown, what: "loss" | "metric", objects: CustomObjects): unknown {
  if (typeof value === "string") return Object.hasOwn(objects, value) ? objects[value] : value;
  if (value === undefined || value === null) return value;
  if (!isKerasObject(value)) return mapItems(value, (item) => fromKeras(item, what, objects));
  if (value.class_name === "function") return functionFromKeras(value, objects);
  const { className, config } = serializedFromKeras(value, objects);
  const { dtype: _, ...options } = config;
  const own = findCustom(value.registered_name ?? className, objects);
  if (own === undefined && what === "metric") return metrics.get({ className, config: options });
  return new (classOf(value, objects, losses.classes, what))(options);
}

/** A list or an object with each item replaced. */
const mapItems = (items: object, map: (item: unknown) => unknown): object =>
  Array.isArray(items)
    ? items.map(map)
    : Object.fromEntries(Object.entries(items).map(([name, item]) => [name, map(item)]));
