import * as tf from "@tensorflow/tfjs-core";
import type { KerasVariable } from "../backend/variable";
import { formatShape } from "../layers/keras_tensor";
import { Layer } from "../layers/layer";
import { Recurrent } from "../layers/rnn/recurrent";
import { unpacked } from "../layers/tracking";
import type { ModelParts } from "../models/model_parts";
import { toSnakeCase } from "../utils/naming";
import type { StoredArray, VariableGroup } from "./hdf5";
import { toSnake } from "./spelling";

/** The variables of one layer or of the optimizer, and where Keras keeps them in a file. */
interface Place {
  readonly path: string;
  readonly name: string;
  readonly variables: readonly tf.Variable[];
}

const OPTIMIZER = "optimizer";

/** Where Keras keeps the weights of a model: its layers by class and order, theirs by the names of their properties. */
function placesOf(layer: Layer, path = "", seen = new Set<Layer>()): Place[] {
  if (seen.has(layer)) return [];
  seen.add(layer);
  const inside = new Set(layer.sublayers.flatMap((each) => each.weights));
  const own = layer.weights.filter((weight) => !inside.has(weight));
  const join = (name: string) => (path === "" ? name : `${path}/${name}`);
  const places: Place[] = [{ path, name: layer.name, variables: layer instanceof Recurrent ? [] : own }];
  // In Keras a recurrent layer's weights belong to its cell.
  if (layer instanceof Recurrent) {
    places.push({ path: join("cell"), name: `${toSnakeCase(layer.className)}_cell`, variables: own });
  }
  for (const [name, value] of childrenOf(layer)) {
    if (value instanceof Layer) places.push(...placesOf(value, join(name), seen));
    else {
      for (const [unique, each] of byClass(value)) places.push(...placesOf(each, join(`${name}/${unique}`), seen));
    }
  }
  return places;
}

/** The layers in a layer's properties, in Keras's order: a plain model's own list first, then by name. */
function childrenOf(layer: Layer): [name: string, child: Layer | readonly Layer[]][] {
  const properties: [string, Layer | readonly Layer[]][] = [];
  const isGraph = "layers" in layer && (layer as ModelParts).graph !== undefined;
  if ("layers" in layer) properties.push(["layers", (layer as ModelParts).layers]);
  for (const [name, value] of Object.entries(layer)) {
    const inside = [...unpacked(value)].filter((item) => item instanceof Layer);
    if (value instanceof Layer) properties.push([toSnake(name), value]);
    else if (inside.length > 0) properties.push([toSnake(name), inside]);
  }
  const key = (name: string) => (isGraph && name === "layers" ? "" : name);
  return properties.sort(([a], [b]) => (key(a) < key(b) ? -1 : 1));
}

/** Layers by their class, numbered: `dense`, `dense_1`. */
function byClass(layers: readonly Layer[]): [name: string, layer: Layer][] {
  const used = new Map<string, number>();
  return layers.map((layer) => {
    const name = toSnakeCase(layer.className);
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return [count === 0 ? name : `${name}_${count}`, layer];
  });
}

/** The weights of a model and the state of its optimizer, as a file holds them. */
export function weightsOf(model: ModelParts): VariableGroup[] {
  const places = placesOf(model);
  if (model.compiled) {
    const { name, variables } = model.optimizer;
    places.push({ path: OPTIMIZER, name, variables });
  }
  return places.map(({ path, name, variables }) => ({
    path,
    name,
    arrays: variables.map((v, i) => stored(v, path, i)),
  }));
}

function stored(variable: tf.Variable, path: string, index: number): StoredArray {
  const { shape } = variable;
  const values = variable.dataSync();
  // Keras counts updates in 64 bits.
  if (path === OPTIMIZER && index === 0) return { shape, values: BigInt64Array.from(values, (n) => BigInt(n)) };
  return { shape, values: values as Float32Array | Int32Array };
}

/** What `loadWeights` takes. */
export interface AssignOptions {
  /** Whether to skip layers whose weights differ in number or shape, with a warning, instead of throwing. Default false. */
  readonly skipMismatch?: boolean;
}

/**
 * Puts the weights of a file into a model, and the optimizer's state if the model is compiled: all of it or, after an
 * error, nothing.
 */
export function assignWeights(
  model: ModelParts,
  file: ReadonlyMap<string, readonly StoredArray[]>,
  { skipMismatch = false }: AssignOptions = {},
): void {
  const pairs: (readonly [tf.Variable, StoredArray])[] = [];
  for (const { path, name, variables } of placesOf(model)) {
    const arrays = file.get(path) ?? [];
    const problem = mismatch(path, name, variables, arrays);
    if (problem === undefined) pairs.push(...zip(variables, arrays));
    else if (skipMismatch) console.warn(`Left out: ${problem}.`);
    else throw new Error(problem);
  }
  if (pairs.length === 0 && model.weights.length > 0 && !skipMismatch) {
    throw new Error(`it holds no weights of model "${model.name}"`);
  }
  pairs.push(...optimizerPairs(model, file.get(OPTIMIZER)));
  tf.tidy(() => {
    for (const [variable, { values, shape }] of pairs) {
      const numbers = values instanceof BigInt64Array ? Int32Array.from(values, Number) : values;
      variable.assign(tf.cast(tf.tensor(numbers, [...shape]), variable.dtype));
    }
  });
}

/** The optimizer's state. Where the file's does not fit, as after freezing a layer, it is left as it is, as in Keras. */
function optimizerPairs(
  model: ModelParts,
  arrays: readonly StoredArray[] | undefined,
): (readonly [tf.Variable, StoredArray])[] {
  if (!model.compiled || arrays === undefined) return [];
  const { optimizer, trainableWeights } = model;
  optimizer.build(trainableWeights);
  const { variables } = optimizer;
  // Saved before the first update: the count of updates and the learning rate.
  if (arrays.length <= 2) return zip(variables.slice(0, arrays.length), arrays).filter(fits);
  const problem = mismatch(OPTIMIZER, optimizer.name, variables, arrays);
  if (problem === undefined) return zip(variables, arrays);
  console.warn(`The optimizer starts from its initial state: ${problem}.`);
  return [];
}

const zip = (variables: readonly tf.Variable[], arrays: readonly StoredArray[]) =>
  variables.map((variable, i) => [variable, arrays[i]!] as const);

const fits = ([variable, array]: readonly [tf.Variable, StoredArray]) => String(variable.shape) === String(array.shape);

/** What is wrong with a layer's arrays. */
function mismatch(
  path: string,
  name: string,
  variables: readonly tf.Variable[],
  arrays: readonly StoredArray[],
): string | undefined {
  if (variables.length !== arrays.length) {
    return `"${name}" has ${variables.length} weights, but the file holds ${arrays.length} for it (at "${path}")`;
  }
  const wrong = zip(variables, arrays).find((pair) => !fits(pair));
  if (wrong === undefined) return undefined;
  const [variable, { shape }] = wrong;
  return `"${(variable as KerasVariable).name}" has shape ${formatShape(variable.shape)}, but the file holds ${formatShape(shape)} for it (at "${path}")`;
}
