import type { Loss, LossFunction, LossName } from "../losses/index";
import type { Metric, MetricFunction, MetricName } from "../metrics/index";
import type { OptimizerIdentifier } from "../optimizers/index";
import * as kinds from "../options/kinds";

/** One thing for all outputs, or one for each: in a list, or by the output's name. */
export type PerOutput<T> = T | readonly T[] | { readonly [output: string]: T };

// Objects without their call signatures: beside those, TypeScript would not know the parameters of a function written here.
type LossObject = Pick<Loss, keyof Loss>;
type MetricObject = Pick<Metric, keyof Metric>;

/** A name, a loss, or a function `(yTrue, yPred) => tensor`. */
export type LossOption = LossName | LossFunction | LossObject;

/** A name, a metric, or a function `(yTrue, yPred) => tensor`. */
export type MetricOption = MetricName | MetricFunction | MetricObject;

/** The metrics of an output: one, or several. */
export type Metrics = MetricOption | readonly MetricOption[];

/** What `compile` takes. */
export interface CompileOptions {
  /** A name or an optimizer. Default `"rmsprop"`, as in Keras. */
  readonly optimizer?: OptimizerIdentifier;
  /** A name, a loss, or a function `(yTrue, yPred) => tensor`; for several outputs a list, or by the outputs' names. */
  readonly loss?: PerOutput<LossOption | null>;
  /** Names, metrics, or functions. `"accuracy"` is the kind that fits the shapes of labels and predictions. */
  readonly metrics?: PerOutput<Metrics | null>;
  /** Like `metrics`, but counted with sample weights. */
  readonly weightedMetrics?: PerOutput<Metrics | null>;
  /** How much each output's loss counts. Default 1. */
  readonly lossWeights?: PerOutput<number>;
  /** True runs each operation on its own, which is slower and lets you print inside a layer. Default false. */
  readonly runEagerly?: boolean;
  /** Whether steps are compiled: `"auto"` where possible; true makes it an error where not. Default `"auto"`. */
  readonly jitCompile?: boolean | "auto";
}

const lossWeight = kinds.number();

const lossWeights: kinds.Kind = {
  expected: "a number, or a list or an object of numbers, one for each output",
  accepts: (value) =>
    lossWeight.accepts(value) ||
    (typeof value === "object" && value !== null && Object.values(value).every(lossWeight.accepts)),
};

/** What {@link CompileOptions} may be, where names need not be looked up. */
export const compileKinds: kinds.KindsOf<CompileOptions> = {
  optimizer: kinds.readElsewhere,
  loss: kinds.readElsewhere,
  metrics: kinds.readElsewhere,
  weightedMetrics: kinds.readElsewhere,
  lossWeights,
  runEagerly: kinds.boolean,
  jitCompile: { expected: 'true, false or "auto"', accepts: (value) => value === "auto" || typeof value === "boolean" },
};

/** The entries for each of several outputs. A list that does not match them one to one is for each as a whole. */
export function perOutput<T>(
  what: string,
  value: PerOutput<T> | undefined,
  outputs: readonly string[],
): (T | undefined)[] {
  if (value === undefined || value === null) return outputs.map(() => undefined);
  if (Array.isArray(value)) {
    if (outputs.length > 1 && value.length === outputs.length) return [...value];
    if (outputs.length === 1) return [value as T];
    throw new RangeError(
      `compile(): ${what} is a list of ${value.length}, but the model has ${outputs.length} outputs: ${outputs.join(", ")}.`,
    );
  }
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    const byName = value as { readonly [output: string]: T };
    const unknown = Object.keys(byName).find((name) => !outputs.includes(name));
    if (unknown !== undefined) {
      throw new RangeError(
        `compile(): ${what} names the output "${unknown}", but the outputs are ${outputs.map((o) => `"${o}"`).join(", ")}.`,
      );
    }
    return outputs.map((output) => byName[output]);
  }
  return outputs.map(() => value as T);
}
