import { asList } from "../backend/lists";
import { InputLayer } from "../layers/input";
import { type KerasTensor, mapTensors, type Node } from "../layers/keras_tensor";
import type { Layer } from "../layers/layer";
import { layerFromConfig } from "../saving/object_registration";
import type { Serialized } from "../saving/serialization";
import { Graph } from "./graph";

/** Where a tensor of a graph comes from: the layer's name, which of its calls in the graph, which output of that call. */
export type Source = readonly [layer: string, call: number, output: number];

/** A layer of a functional model, and its calls in order. */
interface LayerEntry extends Serialized {
  readonly name: string;
  readonly calls: readonly { readonly inputs: Source | readonly Source[]; readonly options: object }[];
}

/** A functional model as plain data. */
export interface GraphConfig {
  readonly layers: readonly LayerEntry[];
  readonly inputs: readonly Source[];
  readonly outputs: Source | readonly Source[];
}

/** The plain form of a layer. */
export const serializeLayer = (layer: Layer): Serialized => ({ className: layer.className, config: layer.getConfig() });

/** A graph as plain data, from which {@link graphFromConfig} makes another with new layers. */
export function graphConfig(graph: Graph, multipleOutputs: boolean): GraphConfig {
  const calls = new Map<Layer, Node[]>();
  for (const node of graph.nodes) calls.set(node.layer, [...(calls.get(node.layer) ?? []), node]);
  const source = ({ node, index }: KerasTensor): Source => [
    node.layer.name,
    calls.get(node.layer)?.indexOf(node) ?? 0,
    index,
  ];
  const layers = graph.layers.map((layer) => ({
    ...serializeLayer(layer),
    name: layer.name,
    // An Input is not called.
    calls: (layer instanceof InputLayer ? [] : (calls.get(layer) ?? [])).map((node) => ({
      inputs: Array.isArray(node.inputs) ? node.inputs.map(source) : source(node.inputs as KerasTensor),
      options: mapTensors(node.options, (tensor) => ({ tensor: source(tensor) })),
    })),
  }));
  const outputs = graph.outputs.map(source);
  return {
    layers,
    inputs: graph.inputs.map(source),
    outputs: multipleOutputs ? outputs : outputs[0]!,
  };
}

/** The graph that a configuration describes, and whether its output is a list. */
export function graphFromConfig(config: GraphConfig): { graph: Graph; multipleOutputs: boolean } {
  const made = new Map<string, KerasTensor[][]>();
  const find = ([layer, call, output]: Source): KerasTensor | undefined => made.get(layer)?.[call]?.[output];
  const layers = new Map(config.layers.map((entry) => [entry.name, layerFromConfig(entry)]));
  for (const [name, layer] of layers) {
    made.set(name, layer instanceof InputLayer ? [[...(layer.inboundNodes[0]?.outputs ?? [])]] : []);
  }
  // Calls are made as soon as what they need is there: layers may call one another in any order.
  let waiting = config.layers.flatMap(({ name, calls }) => calls.map((call, i) => ({ name, call, i })));
  while (waiting.length > 0) {
    const later: typeof waiting = [];
    for (const each of waiting) {
      const { name, call, i } = each;
      const needed = (isOne(call.inputs) ? [call.inputs] : call.inputs).map(find);
      const given = sourcesIn(call.options).map(find);
      if ([...needed, ...given].some((tensor) => tensor === undefined) || (made.get(name)?.length ?? 0) !== i)
        later.push(each);
      else {
        const inputs = isOne(call.inputs) ? needed[0]! : (needed as KerasTensor[]);
        const result: unknown = layers.get(name)?.apply(inputs, withTensors(call.options, find));
        made.get(name)?.push(asList(result as KerasTensor | KerasTensor[]));
      }
    }
    if (later.length === waiting.length) {
      throw new Error(
        `The model's configuration is damaged: layer "${later[0]?.name}" needs an output that no layer has.`,
      );
    }
    waiting = later;
  }
  const tensor = (source: Source): KerasTensor => {
    const found = find(source);
    if (found === undefined)
      throw new Error(`The model's configuration is damaged: there is no output ${source.join(" ")}.`);
    return found;
  };
  const multipleOutputs = !isOne(config.outputs);
  const outputs = isOne(config.outputs) ? [config.outputs] : config.outputs;
  return { graph: new Graph(config.inputs.map(tensor), outputs.map(tensor)), multipleOutputs };
}

/** Whether this is one source rather than a list of them. */
export const isOne = (value: Source | readonly Source[]): value is Source => typeof value[0] === "string";

/** Whether an option of a call is a tensor of the graph. */
const isTensorOption = (value: unknown): value is { readonly tensor: Source } =>
  typeof value === "object" && value !== null && "tensor" in value;

const sourcesIn = (options: object): Source[] =>
  Object.values(options)
    .flat()
    .filter(isTensorOption)
    .map(({ tensor }) => tensor);

/** The options of a call, with what `find` makes of the tensors among them. */
export function withTensors(options: object, find: (source: Source) => unknown): { [name: string]: unknown } {
  const map = (value: unknown): unknown => (isTensorOption(value) ? find(value.tensor) : value);
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, Array.isArray(value) ? value.map(map) : map(value)]),
  );
}
