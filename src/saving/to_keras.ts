import * as tf from "@tensorflow/tfjs-core";
import * as activations from "../activations/index";
import * as layers from "../layers/index";
import type { Node } from "../layers/keras_tensor";
import { isShape, Layer } from "../layers/layer";
import { OperationLayer } from "../layers/operation";
import { Recurrent } from "../layers/rnn/recurrent";
import type { Graph } from "../models/graph";
import { type GraphConfig, isOne, type Source, withTensors } from "../models/model_config";
import type { ModelParts } from "../models/model_parts";
import { finds } from "./from_keras";
import { builtIn, custom, type KerasConfig, type KerasObject } from "./json";
import { operationToKeras } from "./operations";
import { isSerialized, type Serialized } from "./serialization";
import { toSnake } from "./spelling";

/** How Keras writes the type that a layer computes in. */
const dtypePolicy = (dtype: string): KerasObject => builtIn("keras", "DTypePolicy", { name: dtype });

/** Where Keras keeps the class of an option's value. */
function moduleOf(option: string): string {
  if (option.endsWith("Initializer")) return "keras.initializers";
  if (option.endsWith("Regularizer")) return "keras.regularizers";
  if (option.endsWith("Constraint")) return "keras.constraints";
  return option === "learningRate" ? "keras.optimizers.schedules" : "keras.layers";
}

/** A user's function as Keras writes it: by its name, which loading looks up among the custom objects. */
export function functionToKeras(fn: { readonly name: string }, where: string): KerasObject {
  if (fn.name !== "") return custom("function", fn.name, fn.name);
  throw new Error(
    `${where} is a function without a name, which cannot be saved. Give it one: const myFunction = (…) => …`,
  );
}

/** An option's value as Keras writes it. */
function valueToKeras(option: string, value: unknown, where: string): unknown {
  if (value instanceof tf.Tensor) return value.arraySync();
  if (value instanceof Layer) return layerToKeras(value);
  if (typeof value === "function") return functionToKeras(value, `${where}: ${option}`);
  if (Array.isArray(value)) return value.map((item) => valueToKeras(option, item, where));
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  if (isSerialized(value)) return serializedToKeras(moduleOf(option), value);
  if (/activation$/i.test(option) && typeof value === "string" && !finds(activations.get, value))
    return functionToKeras({ name: value }, "The activation");
  return value ?? null;
}

/** Options as Keras spells them. */
export function configToKeras(config: { readonly [option: string]: unknown }, where: string): KerasConfig {
  return Object.fromEntries(
    Object.entries(config).map(([option, value]) => [toSnake(option), valueToKeras(option, value, where)]),
  );
}

const kernelTreatment = ["kernelInitializer", "kernelRegularizer", "kernelConstraint"];

/** Options of configurations that Keras's constructors do not take. */
const unknownToKeras: { readonly [className: string]: readonly string[] } = {
  "keras.layers.DepthwiseConv2D": kernelTreatment,
  "keras.layers.SeparableConv2D": kernelTreatment,
  "keras.layers.ActivityRegularization": ["activityRegularizer"],
  "keras.layers.SpatialDropout1D": ["trainable"],
  "keras.layers.SpatialDropout2D": ["trainable"],
  "keras.metrics.BinaryCrossentropy": ["axis"],
  "keras.metrics.OneHotIoU": ["sparseYTrue"],
  "keras.metrics.OneHotMeanIoU": ["sparseYTrue"],
};

/** The options in a configuration that Keras takes. */
export function knownToKeras(
  module: string,
  className: string,
  config: { readonly [option: string]: unknown },
): { readonly [option: string]: unknown } {
  const unknown = unknownToKeras[`${module}.${className}`] ?? [];
  return Object.fromEntries(Object.entries(config).filter(([option]) => !unknown.includes(option)));
}

/** An object that is already plain data as Keras writes it. */
export function serializedToKeras(module: string, { className, config }: Serialized): KerasObject {
  if (module !== "keras.layers") return builtIn(module, className, configToKeras(config, className));
  const options = layerConfig(className, knownToKeras(module, className, config));
  return Object.hasOwn(layers, className) ? builtIn(module, className, options) : custom(className, options, className);
}

// These take data_format, which is written because Keras may be set to another default on the user's machine.
const withDataFormat = /Conv|Pooling|^Flatten$|^(UpSampling|ZeroPadding|Cropping)2D$/;

function layerConfig(className: string, config: { readonly [option: string]: unknown }): KerasConfig {
  if (className === "InputLayer") {
    const { name, dtype, shape, batchSize = null } = config as { [option: string]: unknown; shape: [] };
    return { batch_shape: [batchSize, ...shape], dtype, sparse: false, ragged: false, name, optional: false };
  }
  const { dtype = "float32", ...options } = config;
  return {
    dtype: dtypePolicy(dtype as string),
    ...configToKeras(options, `Layer "${String(config["name"])}"`),
    ...(withDataFormat.test(className) && Object.hasOwn(layers, className) ? { data_format: "channels_last" } : {}),
  };
}

/** A layer or model as Keras writes it, with the shape it was built for. */
export function layerToKeras(layer: Layer): KerasObject {
  const { className } = layer;
  const built = layer.buildInputShape;
  // Of a recurrent layer's inputs only the first is the sequence.
  const sequence = layer instanceof Recurrent && built !== undefined && !isShape(built) ? built[0] : built;
  // The states of a stateful layer fix the size of the batch.
  const batch = layer instanceof Recurrent ? layer.states[0]?.shape[0] : undefined;
  const shape = batch === undefined || sequence === undefined ? sequence : [batch, ...sequence.slice(1)];
  const build = shape === undefined || layer.weights.length === 0 ? {} : { build_config: { input_shape: shape } };
  if (className === "Sequential" && isModel(layer)) {
    const config = sequentialConfig(layer);
    const known = config["build_input_shape"];
    return {
      ...builtIn("keras", className, config),
      ...(known === undefined ? {} : { build_config: { input_shape: known } }),
    };
  }
  if (className === "Functional" && isModel(layer) && layer.graph !== undefined) {
    return {
      module: "keras.src.models.functional",
      class_name: className,
      config: functionalConfig(layer, layer.graph),
      registered_name: className,
      build_config: { input_shape: null },
    };
  }
  return { ...serializedToKeras("keras.layers", { className, config: ownConfig(layer) }), ...build };
}

/** The options of a layer. A user's class of models makes its graph itself, from its other options. */
function ownConfig(layer: Layer): { readonly [option: string]: unknown } {
  const config = layer.getConfig();
  if (!isModel(layer) || layer.graph === undefined || "pop" in layer) return config;
  const { layers: _layers, inputs: _inputs, outputs: _outputs, ...own } = config;
  return own;
}

const isModel = (layer: Layer): layer is ModelParts => "graph" in layer;

function sequentialConfig(model: ModelParts): KerasConfig {
  const input = model.graph?.inputs[0];
  const inside = [...(input === undefined ? [] : [input.node.layer]), ...model.layers];
  return {
    name: model.name,
    trainable: model.trainable,
    dtype: dtypePolicy("float32"),
    layers: inside.map(layerToKeras),
    ...(input === undefined ? {} : { build_input_shape: input.shape }),
  };
}

/** A functional model: its layers, and how each was called. */
function functionalConfig(model: ModelParts, graph: Graph): KerasConfig {
  const { layers: entries, inputs, outputs } = model.getConfig() as unknown as GraphConfig;
  const nodes = new Map<string, Node[]>();
  for (const node of graph.nodes) {
    nodes.set(node.layer.name, [...(nodes.get(node.layer.name) ?? []), node]);
  }
  const ends = ([name, call, output]: Source) => [name, call + firstCall(nodes.get(name)?.[0]?.layer), output];
  const tensor = (source: Source) => {
    const [name, call, output] = source;
    const { shape, dtype } = nodes.get(name)![call]!.outputs[output]!;
    return { class_name: "__keras_tensor__", config: { shape, dtype, keras_history: source } };
  };
  return {
    name: model.name,
    trainable: model.trainable,
    layers: entries.map(({ name, calls }) => {
      const layer = graph.layers.find((each) => each.name === name)!;
      if (layer instanceof OperationLayer) {
        const sources = (calls[0]?.inputs ?? []) as readonly Source[];
        const { object, args } = operationToKeras(layer, (input) => tensor(sources[input]!));
        return { ...object, name, inbound_nodes: [{ args, kwargs: {} }] };
      }
      return {
        ...layerToKeras(layer),
        name,
        inbound_nodes: calls.map((call) => {
          const given = isOne(call.inputs) ? tensor(call.inputs) : call.inputs.map(tensor);
          const { mask, initialState, ...others } = withTensors(call.options, tensor);
          const kwargs = {
            ...configToKeras(others, `The call of layer "${name}"`),
            ...(mask === undefined ? {} : { mask }),
            ...(initialState === undefined ? {} : { initial_state: initialState }),
          };
          // Recurrent layers take the states to begin with as a list here, by name in Keras.
          if (!(layer instanceof Recurrent) || !Array.isArray(given)) return { args: [given], kwargs };
          const [sequence, ...states] = given;
          return { args: [sequence], kwargs: { ...kwargs, initial_state: states } };
        }),
      };
    }),
    input_layers: inputs.length === 1 ? ends(inputs[0]!) : inputs.map(ends),
    output_layers: isOne(outputs) ? ends(outputs) : outputs.map(ends),
  };
}

/** At the inputs and outputs of a model, Keras counts the calls of nested functional models from 1. */
function firstCall(layer: Layer | undefined): number {
  return layer?.className === "Functional" ? 1 : 0;
}
