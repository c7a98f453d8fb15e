import type * as tf from "@tensorflow/tfjs-core";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { emitFunction } from "./emit/function";
import type { Type } from "./graph/value";
import { optimizeFunction } from "./passes/optimize";
import { assign, elementsOf, toTensor } from "./run/results";
import { runtime } from "./run/runtime";
import { countFallback, Executable, statistics } from "./run/sessions";
import { toDType } from "./trace/kernels/kernel";
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
  /** Where each input comes from: the argument with that number, or a variable. */
  readonly feeds: readonly { readonly name: string; readonly source: number | tf.Variable }[];
  readonly results: readonly string[];
  readonly assigned: readonly (readonly [name: string, variable: tf.Variable])[];
  readonly rebuild: (tensors: readonly tf.Tensor[]) => unknown;
}

/**
 * Compiles a function of tensors, as `jax.jit` and `tf.function` do.
 *
 * The function is run once on tensors without numbers for each new combination of shapes and dtypes. The `tf` operations it
 * calls become one graph, which ONNX Runtime runs from then on. Each call reads the variables that the function reads, and
 * assigns those that it assigns. Everything else in JavaScript happens only while the function is traced: other tensors and
 * numbers from outside are constants, and shapes and constants decide every `if` and `for`.
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
        // An error of the function itself is thrown again here.
        const result = fn(...args);
        const cause = countFallback(error);
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

function build(fn: (...inputs: tf.Tensor[]) => unknown, types: readonly Type[]): Program {
  const { graph, inputs, outputs, read, assigned, rebuild } = trace(fn, types);
  statistics.traces++;
  const values = optimizeFunction(graph, [...outputs, ...assigned.values()]);
  const results = outputs.map((_, i) => `result${i}`);
  const targets = [...assigned.keys()].map((variable, i) => [`assigned${i}`, variable] as const);
  const names = [...results, ...targets.map(([name]) => name)];
  const feeds = [
    ...inputs.map((value, i) => ({ name: `input${i}`, value, source: i })),
    ...[...read].map(([source, value], i) => ({ name: `variable${i}`, value, source })),
  ];
  const signature = {
    inputs: feeds.map(({ name, value }) => [name, value] as const),
    outputs: values.map((value, i) => [names[i]!, value] as const),
  };
  return {
    executable: new Executable(emitFunction(signature)),
    // Without the values, which hold the whole graph.
    feeds: feeds.map(({ name, source }) => ({ name, source })),
    results,
    assigned: targets,
    rebuild,
  };
}

async function run(program: Program, tensors: readonly tf.Tensor[]): Promise<unknown> {
  const { Tensor } = await runtime();
  const feeds = program.feeds.map(({ name, source }) => {
    const tensor = typeof source === "number" ? tensors[source]! : source;
    return [name, new Tensor(toDType(tensor.dtype) as "float32", elementsOf(tensor) as Float32Array, tensor.shape)];
  });
  const outputs = await program.executable.run(Object.fromEntries(feeds));
  for (const [name, variable] of program.assigned) assign(variable, outputs[name]!);
  return program.rebuild(program.results.map((name) => toTensor(outputs[name]!)));
}
