import * as tf from "@tensorflow/tfjs-core";
import { type Engine, engine, withBackend } from "../../tensorflow/engine";
import type { Builder } from "../graph/builder";
import { scalarOf, type Type, type Value } from "../graph/value";
import { Trace, TraceBackend } from "./backend";
import { kernels } from "./kernels";
import type { Kernel } from "./kernels/kernel";
import { NotCompilable } from "./not_compilable";
import { fillPlaces, mapTensors, Place } from "./structure";

/** A traced function: what it reads, what it changes, what it returns. */
export interface Traced<R> {
  readonly graph: Builder;
  readonly inputs: readonly Value[];
  /** The values of the tensors that the function returned, in order. */
  readonly outputs: readonly Value[];
  /** The variables that the function reads or assigns, each with the graph input for its value at the start. */
  readonly read: ReadonlyMap<tf.Variable, Value>;
  /** The variables that the function assigns, each with its value at the end. */
  readonly assigned: ReadonlyMap<tf.Variable, Value>;
  /** The structure that the function returned, with tensors for `outputs`. */
  readonly rebuild: (tensors: readonly tf.Tensor[]) => R;
}

const backendName = "trace";
const backend = new TraceBackend();
let registered = false;

/** Registers the kernels of the table, and for every other operation one that throws. */
function register(): void {
  if (registered) return;
  registered = true;
  const known = new Set(
    ["cpu", "wasm", "tensorflow", "webgl"].flatMap((name) => tf.getKernelsForBackend(name)).map((k) => k.kernelName),
  );
  for (const name of new Set([...known, ...Object.keys(kernels)])) {
    const kernel = kernels[name];
    tf.registerKernel({ kernelName: name, backendName, kernelFunc: kernel ? adapt(kernel) : missing(name) });
  }
}

function adapt(kernel: Kernel): tf.KernelFunc {
  return ({ inputs, attrs }) => {
    const results = kernel({
      graph: (backend.trace as Trace).graph,
      input: (name) => backend.lookup(inputs[name] as tf.TensorInfo),
      optional: (name) => inputs[name] && backend.lookup(inputs[name]),
      get inputs() {
        return Object.values(inputs).map((tensor) => backend.lookup(tensor as tf.TensorInfo));
      },
      attrs: attrs ?? {},
    });
    return Array.isArray(results) ? results.map((v) => backend.tensorInfo(v)) : backend.tensorInfo(results as Value);
  };
}

function missing(name: string): tf.KernelFunc {
  return () => {
    throw new NotCompilable(name, `the operation ${name} has no compiled form`);
  };
}

/**
 * Runs `fn` once on tensors that represent its inputs and records what it does. Nothing is computed and no variable changes.
 *
 * @param anyBatch whether the graph is for batches of any size, as in an exported model
 * @throws {NotCompilable} when `fn` does something that a graph cannot hold.
 */
export function trace<R>(fn: (...inputs: tf.Tensor[]) => R, types: readonly Type[], anyBatch = false): Traced<R> {
  const first = traceOnce(fn, types, anyBatch);
  if (first.made.size === 0) return first;
  // Variables made at the first call, as optimizers and metrics do, exist at the second.
  const second = traceOnce(fn, types, anyBatch);
  if (second.made.size === 0) return second;
  throw new NotCompilable("Variable", "it makes a tf.Variable at every call; make it before, and assign to it");
}

function traceOnce<R>(
  fn: (...inputs: tf.Tensor[]) => R,
  types: readonly Type[],
  anyBatch: boolean,
): Traced<R> & Pick<Trace, "made"> {
  if (backend.trace) throw new NotCompilable("compile", "it calls a compiled function, which is traced on its own");
  register();
  const current = new Trace(anyBatch);
  const inputs = types.map(({ dtype, shape }, i) => current.graph.input(`input${i}`, dtype, shape));
  const restore = intercept(current);
  const outputs: Value[] = [];
  let template: unknown;
  backend.trace = current;
  try {
    withBackend(backendName, backend, () =>
      tf.tidy(() => {
        const tensors = inputs.map((value) =>
          tf.engine().makeTensorFromTensorInfo(backend.tensorInfo(value) as tf.Tensor),
        );
        const result = fn(...tensors);
        if (result instanceof Promise) {
          throw new NotCompilable("async", "it is asynchronous; a compiled function returns tensors, not a promise");
        }
        template = mapTensors(result, (tensor) => new Place(outputs.push(backend.lookup(tensor)) - 1));
      }),
    );
  } finally {
    backend.trace = undefined;
    restore();
  }
  const rebuild = (tensors: readonly tf.Tensor[]) => fillPlaces(template, tensors) as R;
  const { graph, read, assigned, made } = current;
  return { graph, inputs, outputs, read, assigned, made, rebuild };
}

/**
 * Intercepts what does not pass through kernels while tracing: assignments to variables become state. Reading numbers or
 * drawing random ones in JavaScript ends the trace, because they would be constants of the graph.
 */
function intercept(current: Trace): () => void {
  const own: Partial<Engine> = engine();
  const variablePrototype = tf.Variable.prototype as { assign(value: tf.Tensor): void };
  const { assign } = variablePrototype;
  const { random } = Math;
  const originals = new Map<tf.Variable, object>();

  variablePrototype.assign = function (this: tf.Variable, value) {
    if (value.dtype !== this.dtype || value.shape.join() !== this.shape.join()) {
      throw new Error(
        `Expected a value of dtype ${this.dtype} and shape [${this.shape}] for the variable ${this.name} but found ` +
          `dtype ${value.dtype} and shape [${value.shape}].`,
      );
    }
    const next = backend.lookup(value);
    // A variable that is assigned is state even if its old value was never read.
    current.variable(this);
    if (!originals.has(this)) originals.set(this, this.dataId);
    current.assigned.set(this, next);
    this.dataId = backend.tensorInfo(next).dataId;
  };
  Math.random = () => {
    throw new NotCompilable(
      "Math.random",
      "it draws random numbers in JavaScript, which would be the same at every run",
    );
  };
  own.incRef = (tensor) => {
    if (!(tensor instanceof tf.Variable)) return;
    // Only making a variable counts a reference here: it becomes state like older ones.
    current.made.set(tensor, backend.lookup({ dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype }));
    tensor.dataId = backend.tensorInfo(current.variable(tensor)).dataId;
  };
  // Traced tensors throw when they are read; these two stop reads of other tensors.
  own.readSync = () => backend.readSync();
  own.read = async () => backend.readSync();

  return () => {
    variablePrototype.assign = assign;
    Math.random = random;
    delete own.incRef;
    delete own.readSync;
    delete own.read;
    for (const [variable, dataId] of originals) variable.dataId = dataId;
    for (const [variable, value] of current.made) tf.tidy(() => variable.assign(firstValue(value)));
  };
}

/** The first value of a variable made in a trace. */
function firstValue(value: Value): tf.Tensor {
  const { dtype, shape } = value;
  const number = scalarOf(value);
  if (value.node.op === "Fill" && number !== undefined) return tf.fill([...shape], number, dtype as "float32");
  if (value.node.data) return tf.tensor(value.node.data as Float32Array, [...shape], dtype as "float32");
  throw new NotCompilable("Variable", "it makes a tf.Variable whose first value is computed; make it before");
}
