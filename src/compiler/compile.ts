import type * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { emitFunction } from "./emit/function";
import type { Type, Value } from "./graph/value";
import { optimizeFunction } from "./passes/optimize";
import { assign, elementsOf, toTensor } from "./run/results";
import { RuntimeMissing, runtime } from "./run/runtime";
import { Executable, statistics } from "./run/sessions";
import { toDType } from "./trace/kernels/kernel";
import { NotCompilable } from "./trace/not_compilable";
import { fillPlaces, mapTensors, Place } from "./trace/structure";
import { trace } from "./trace/trace";

/** How a function is compiled. */
export interface CompilerOptions {
  /**
   * What to do with a function that has no compiled form: `false` runs it eagerly and says so once, `true` throws.
   * Default false.
   */
  readonly strict?: boolean;
}

/** A compiled function: takes what the original takes and returns a promise of what it returns. */
export type Compiled<A extends unknown[], R> = (...args: A) => Promise<R>;

interface Program {
  readonly executable: Executable;
  readonly feeds: readonly (readonly [name: string, source: number | tf.Variable])[];
  readonly results: readonly string[];
  readonly assigned: readonly (readonly [name: string, variable: tf.Variable])[];
  readonly rebuild: (tensors: readonly tf.Tensor[]) => unknown;
}

/**
 * Compiles a function of tensors, as `jax.jit` and `tf.function` do.
 *
 * The function is run once on tensors without numbers, for each new combination of shapes and dtypes; what it does with
 * `tf` operations becomes one graph, which ONNX Runtime runs from then on. Variables it reads keep being read at each call,
 * and those it assigns are assigned. Anything else in JavaScript happens only while it is traced: other tensors and numbers
 * from outside are constants, `if` and `for` are decided by shapes and constants.
 *
 * Arguments and results are tensors, or lists and objects of tensors. A function that looks at a tensor's numbers or uses
 * an operation without a compiled form runs eagerly, as it would have without `compile`.
 *
 * @example
 * ```ts
 * import { compile, tf } from "tskeras";
 * const x = tf.tensor1d([0, 1, 2, 3]);
 * const y = tf.tensor1d([1, 3, 5, 7]);
 * const slope = tf.variable(tf.scalar(0));
 * const offset = tf.variable(tf.scalar(0));
 *
 * const descend = compile(() => {
 *   const loss = () => tf.losses.meanSquaredError(y, slope.mul(x).add(offset)).asScalar();
 *   const { value, grads } = tf.variableGrads(loss, [slope, offset]);
 *   slope.assign(slope.sub(grads[slope.name]!.mul(0.1)));
 *   offset.assign(offset.sub(grads[offset.name]!.mul(0.1)));
 *   return value;
 * });
 * for (let step = 0; step < 200; step++) await descend();
 * slope.arraySync().toFixed(2); // "2.00"
 * ```
 */
export function compile<A extends unknown[], R>(fn: (...args: A) => R, options: CompilerOptions = {}): Compiled<A, R> {
  checkOptions("compile()", options, { strict: kinds.boolean });
  if (typeof fn !== "function") {
    throw new TypeError(`compile() expected a function but found ${describe(fn)}.`);
  }
  const programs = new Map<string, Program | "eager">();
  const said = new Set<string>();
  return async (...args) => {
    const tensors: tf.Tensor[] = [];
    const template = mapTensors(args, (tensor) => new Place(tensors.push(tensor) - 1)) as unknown[];
    const key = `${tensors.map((t) => `${t.dtype}[${t.shape}]`)}${JSON.stringify(template)}`;
    let program = programs.get(key);
    if (!program) {
      try {
        const types = tensors.map(({ dtype, shape }) => ({ dtype: toDType(dtype), shape }));
        await runtime();
        program = build((...inputs) => fn(...(fillPlaces(template, inputs) as A)), types);
        await program.executable.prepare();
      } catch (error) {
        if (options.strict) throw error;
        // Thrown by the function itself, it is thrown again here.
        const result = fn(...args);
        const cause = noteFallback(error);
        if (!said.has(cause)) {
          console.warn(`${fn.name || "A function"} runs eagerly, not compiled: ${(error as Error).message}.`);
        }
        said.add(cause);
        programs.set(key, "eager");
        return result;
      }
      programs.set(key, program);
    }
    return program === "eager" ? fn(...args) : ((await run(program, tensors)) as R);
  };
}

/** Counts a fallback under its cause, which it returns. */
function noteFallback(error: unknown): string {
  const cause = error instanceof NotCompilable || error instanceof RuntimeMissing ? error.operation : "error";
  statistics.fallbacks.set(cause, (statistics.fallbacks.get(cause) ?? 0) + 1);
  return cause;
}

function build(fn: (...inputs: tf.Tensor[]) => unknown, types: readonly Type[]): Program {
  const traced = trace(fn, types);
  statistics.traces++;
  const assignedVariables = [...traced.assigned.keys()];
  const values = optimizeFunction(traced.graph, [...traced.outputs, ...traced.assigned.values()]);
  const results = traced.outputs.map((_, i) => `result${i}`);
  const assigned = assignedVariables.map((variable, i) => [`assigned${i}`, variable] as const);
  const inputs: [string, Value][] = [];
  const feeds: [string, number | tf.Variable][] = [];
  const declare = (name: string, value: Value, source: number | tf.Variable) => {
    inputs.push([name, value]);
    feeds.push([name, source]);
  };
  traced.inputs.forEach((value, i) => {
    declare(`input${i}`, value, i);
  });
  [...traced.read].forEach(([variable, value], i) => {
    declare(`variable${i}`, value, variable);
  });
  const names = [...results, ...assigned.map(([name]) => name)];
  const outputs = values.map((value, i) => [names[i]!, value] as const);
  return {
    executable: new Executable(emitFunction({ inputs, outputs })),
    feeds,
    results,
    assigned,
    rebuild: traced.rebuild,
  };
}

async function run(program: Program, tensors: readonly tf.Tensor[]): Promise<unknown> {
  const { Tensor } = await runtime();
  const feeds = program.feeds.map(([name, source]) => {
    const tensor = typeof source === "number" ? tensors[source]! : source;
    return [name, new Tensor(toDType(tensor.dtype) as "float32", elementsOf(tensor) as Float32Array, tensor.shape)];
  });
  const outputs = await program.executable.run(Object.fromEntries(feeds));
  for (const [name, variable] of program.assigned) assign(variable, outputs[name] as InstanceType<typeof Tensor>);
  return program.rebuild(program.results.map((name) => toTensor(outputs[name] as InstanceType<typeof Tensor>)));
}
