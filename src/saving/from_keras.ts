import * as activations from "../activations/index";
import * as layers from "../layers/index";
import type { Layer } from "../layers/layer";
import * as losses from "../losses/index";
import type { Source } from "../models/model_config";
import { didYouMean } from "../options/options";
import { isKerasObject, isStoredTensor, type KerasConfig, type KerasObject } from "./json";
import { layerFromConfig } from "./object_registration";
import { operationFromKeras } from "./operations";
import type { Serialized } from "./serialization";
import { toCamel } from "./spelling";

/** Classes and functions of your own, by the names under which they were saved. */
export type CustomObjects = {
  readonly [name: string]: (abstract new (...args: never[]) => unknown) | ((...args: never[]) => unknown);
};

const any = Symbol("any");

/** Options of Keras that do not exist here, with the values that change nothing. */
const inert: { readonly [option: string]: readonly unknown[] | typeof any } = {
  data_format: ["channels_last", null],
  synchronized: [false],
  renorm: [false],
  renorm_clipping: any,
  renorm_momentum: any,
  rms_scaling: [false],
  quantization_config: [null],
  lora_rank: [null],
  lora_alpha: any,
  implementation: any,
  sparse: [false],
  ragged: [false],
  optional: [false],
  input_axes: [null],
  output_axes: [null],
  loss_scale_factor: [null],
  build_input_shape: any,
  num_labels: any,
  groups: [1],
  antialias: [false],
  pad_to_aspect_ratio: [false],
  "Resizing.fill_mode": any,
  "Resizing.fill_value": any,
  "AlphaDropout.noise_shape": [null],
};

const types: { readonly [dtype: string]: string } = {
  float16: "float32",
  bfloat16: "float32",
  float64: "float32",
  uint8: "int32",
  int8: "int32",
  int16: "int32",
  int64: "int32",
  float32: "float32",
  int32: "int32",
  bool: "bool",
};

/** A function that a file names: the name of one of Keras's, or a custom object. */
export function functionFromKeras({ module, config }: KerasObject, objects: CustomObjects): unknown {
  const name = String(config);
  const found = findCustom(name, objects);
  if (found !== undefined) return found;
  if (!module?.startsWith("keras") && !isBuiltIn(name)) {
    throw new Error(
      `the model uses a custom function "${name}". Pass it: loadModel(path, { customObjects: { ${plainName(name)} } })`,
    );
  }
  return name;
}

// Keras writes its own functions without their module, too.
const isBuiltIn = (name: string) => finds(activations.get, name) || finds(losses.get, name);

/** Whether a function that throws for unknown names knows this one. */
export function finds(get: (name: never) => unknown, name: string): boolean {
  try {
    return get(name as never) !== undefined;
  } catch {
    return false;
  }
}

const plainName = (name: string) => name.slice(name.lastIndexOf(">") + 1);

/** The custom object of a name; Keras puts a package before it: `"Custom>Scale"`. */
export function findCustom(name: string, objects: CustomObjects): CustomObjects[string] | undefined {
  const key = [name, plainName(name)].find((each) => Object.hasOwn(objects, each));
  return key === undefined ? undefined : objects[key];
}

/** An option's value as it is spelled here. */
function valueFromKeras(value: unknown, objects: CustomObjects): unknown {
  if (Array.isArray(value)) return value.map((item) => valueFromKeras(item, objects));
  if (!isKerasObject(value)) return value;
  if (value.class_name === "function") return functionFromKeras(value, objects);
  if (value.class_name === "DTypePolicy") return (value.config as { name: string }).name;
  // The state of a generator of random numbers is not part of the architecture.
  if (value.class_name === "SeedGenerator") return (value.config as { seed?: number }).seed ?? null;
  if (isStoredTensor(value)) return value.config.value;
  if (value.class_name === "__lambda__") {
    throw new Error(
      "the model contains a Python lambda, which cannot run here. Rebuild that layer, and use loadWeights()",
    );
  }
  if (value.module === "keras" || value.module?.startsWith("keras.layers") || value.module?.startsWith("keras.src.")) {
    return layerConfigFromKeras(value, objects);
  }
  return serializedFromKeras(value, objects);
}

/** An object that is no layer, as plain data. */
export function serializedFromKeras(object: KerasObject, objects: CustomObjects): Serialized {
  return { className: object.class_name, config: configFromKeras(object, objects) };
}

/** The options of an object, as they are spelled here and without those that do not exist here. */
function configFromKeras({ class_name, config }: KerasObject, objects: CustomObjects): Serialized["config"] {
  const options: { [option: string]: unknown } = {};
  for (const [option, value] of Object.entries((config ?? {}) as KerasConfig)) {
    const allowed = inert[`${class_name}.${option}`] ?? inert[option];
    // Some layers have groups here.
    if (allowed === undefined || (option === "groups" && value !== 1))
      options[toCamel(option)] = valueFromKeras(value, objects);
    else if (allowed !== any && !allowed.includes(value)) {
      throw new Error(
        `${class_name} "${String((config as KerasConfig)["name"] ?? "")}" has ${option} ${JSON.stringify(value)}, which tskeras does not have`,
      );
    }
  }
  return options;
}

/** The layer or model that Keras's plain form describes, new and without its weights. */
export function layerFromKeras(object: KerasObject, objects: CustomObjects): Layer {
  return layerFromConfig(layerConfigFromKeras(object, objects));
}

function layerConfigFromKeras(object: KerasObject, objects: CustomObjects): Serialized {
  const { class_name: className, config, registered_name: registered } = object;
  const custom = findCustom(registered ?? className, objects) ?? findCustom(className, objects);
  if (custom === undefined && className === "Sequential") return sequentialFromKeras(object, objects);
  if (custom === undefined && className === "Functional") return functionalFromKeras(object, objects);
  if (className === "InputLayer") return inputFromKeras(config as KerasConfig);
  if (custom === undefined && className === "Lambda") checkLambda(object, objects);
  if (custom === undefined && object.module?.startsWith("keras.layers") && !Object.hasOwn(layers, className)) {
    throw new Error(`tskeras has no layer class "${className}". ${didYouMean(className, Object.keys(layers))}`.trim());
  }
  const options = configFromKeras(object, objects);
  const { dtype, ...others } = options;
  const policy = typeof dtype === "string" ? dtype.replace(/^mixed_(float16|bfloat16)$/, "float32") : "float32";
  if (policy !== "float32") {
    throw new Error(`layer "${String(options["name"])}" computes in ${policy}; tskeras computes in float32`);
  }
  const { activation } = others;
  // Throws for a name that does not exist.
  if (typeof activation === "string" && !Object.hasOwn(objects, activation)) {
    activations.get(activation as activations.ActivationIdentifier);
  }
  return {
    className: plainName(custom === undefined ? className : (registered ?? className)),
    config: unwrap1D(className, others),
  };
}

function checkLambda({ config }: KerasObject, objects: CustomObjects): void {
  const { function: fn } = config as { function?: unknown };
  if (isKerasObject(fn) && fn.class_name === "function") functionFromKeras(fn, objects);
}

/** Keras writes the sizes of one-dimensional layers as lists of one. */
function unwrap1D(className: string, options: Serialized["config"]): Serialized["config"] {
  if (!className.endsWith("1D")) return options;
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => [
      option,
      Array.isArray(value) && value.length === 1 && typeof value[0] === "number" ? value[0] : value,
    ]),
  );
}

function inputFromKeras(config: KerasConfig): Serialized {
  const {
    batch_shape: batchShape,
    dtype = "float32",
    name,
  } = config as { batch_shape?: (number | null)[]; dtype?: string; name: string };
  const type = types[dtype];
  if (!Array.isArray(batchShape) || type === undefined) {
    throw new Error(`input "${name}" has shape ${JSON.stringify(batchShape)} and type ${dtype}, which cannot be read`);
  }
  const [batchSize, ...shape] = batchShape;
  return { className: "InputLayer", config: { name, shape, dtype: type, ...(batchSize ? { batchSize } : {}) } };
}

function sequentialFromKeras({ config }: KerasObject, objects: CustomObjects): Serialized {
  const {
    name,
    trainable = true,
    layers: inside,
  } = config as { name: string; trainable?: boolean; layers?: KerasObject[] };
  if (!Array.isArray(inside)) throw new Error(`the Sequential model "${name}" in its config.json lists no layers`);
  return {
    className: "Sequential",
    config: { name, trainable, layers: inside.map((layer) => layerConfigFromKeras(layer, objects)) },
  };
}

interface KerasNode {
  readonly args: readonly unknown[];
  readonly kwargs: KerasConfig;
}

type Entry = KerasObject & { readonly name: string; readonly inbound_nodes: readonly KerasNode[] };

function functionalFromKeras({ config }: KerasObject, objects: CustomObjects): Serialized {
  const functional = config as {
    name: string;
    trainable?: boolean;
    layers?: Entry[];
    input_layers: unknown;
    output_layers: unknown;
  };
  const { name, trainable = true, layers: entries } = functional;
  if (!Array.isArray(entries)) throw new Error(`the model "${name}" in its config.json lists no layers`);
  const functionals = new Set(entries.filter((each) => each.class_name === "Functional").map((each) => each.name));
  // Of nested functional models Keras counts the calls from 1, but only here.
  const ends = ([layer, call, output]: Source): Source => [layer, call - (functionals.has(layer) ? 1 : 0), output];
  const calls = ({ inbound_nodes: nodes, name: layer }: Entry) =>
    nodes.map((node) => callFromKeras(node, layer, objects));
  return {
    className: "Functional",
    config: {
      name,
      trainable,
      layers: entries.map((entry) => {
        const [call] = entry.inbound_nodes;
        const operation = call && operationFromKeras(entry, call, (value) => tensorFromKeras(value, entry.name));
        if (operation !== undefined) {
          const { config: own, inputs } = operation;
          return { className: "Operation", config: own, name: entry.name, calls: [{ inputs, options: {} }] };
        }
        return { ...layerConfigFromKeras(entry, objects), name: entry.name, calls: calls(entry) };
      }),
      inputs: leaves(functional.input_layers).map(ends),
      outputs: isSource(functional.output_layers)
        ? ends(functional.output_layers)
        : leaves(functional.output_layers).map(ends),
    },
  };
}

const isSource = (value: unknown): value is Source =>
  Array.isArray(value) && value.length === 3 && typeof value[0] === "string";

/** The sources in lists or objects of them. */
function leaves(value: unknown): Source[] {
  if (isSource(value)) return [value];
  return Object.values(value as object).flatMap(leaves);
}

/** Where a tensor comes from that a layer is called on. */
function tensorFromKeras(value: unknown, layer: string): Source {
  if (isKerasObject(value) && value.class_name === "__keras_tensor__") {
    return (value.config as { keras_history: Source }).keras_history;
  }
  throw new Error(`layer "${layer}" is called in a way that tskeras does not support: ${JSON.stringify(value)}`);
}

function callFromKeras(
  { args, kwargs }: KerasNode,
  layer: string,
  objects: CustomObjects,
): { inputs: Source | Source[]; options: object } {
  const tensor = (value: unknown) => tensorFromKeras(value, layer);
  if (!Array.isArray(args) || args.length !== 1) {
    throw new Error(`layer "${layer}" is called with ${args?.length} arguments; tskeras takes one, or a list`);
  }
  const { initial_state: states, mask, ...others } = kwargs;
  const options: { [name: string]: unknown } = Object.fromEntries(
    Object.entries(others)
      .filter(([, value]) => value !== null)
      .map(([option, value]) => [toCamel(option), valueFromKeras(value, objects)]),
  );
  // Masks of several inputs are computed: those that layers made are not in the file.
  if (isKerasObject(mask)) options["mask"] = { tensor: tensor(mask) };
  const [first] = args;
  const given = Array.isArray(first) ? first.map(tensor) : tensor(first);
  if (states === undefined || states === null) return { inputs: given, options };
  const more = (Array.isArray(states) ? states : [states]).map(tensor);
  return { inputs: [...(isSource(given) ? [given] : given), ...more], options };
}
