import type { Loss, LossFunction, LossName } from "../losses/index";
import type { Metric, MetricFunction, MetricName } from "../metrics/index";
import type { OptimizerIdentifier } from "../optimizers/index";
import * as kinds from "../options/kinds";

/** One thing for all outputs, or one for each: in a list, or by the output's name. */
export type PerOutput<T> = T | readonly T[] | { readonly [output: string]: T };

// Without the call signatures, with which TypeScript would not infer the parameters of a function that a user writes.
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

/** What {@link CompileOptions} may be; names are looked up later. */
export const compileKinds: kinds.KindsOf<CompileOptions> = {
  optimizer: kinds.readElsewhere,
  loss: kinds.readElsewhere,
  metrics: kinds.readElsewhere,
  weightedMetrics: kinds.readElsewhere,
  lossWeights,
  runEagerly: kinds.boolean,
  jitCompile: { expected: 'true, false or "auto"', accepts: (value) => value === "auto" || typeof value === "boolean" },
};

/**
 * The entry for each of several outputs; undefined for null.
 *
 * @throws RangeError for a list of another length, or an output that does not exist
 */
export function perOutput<T>(
  what: string,
  value: PerOutput<T | null> | null | undefined,
  outputs: readonly string[],
): (T | undefined)[] {
  const each = (): readonly (T | null | undefined)[] => {
    if (Array.isArray(value)) {
      if (value.length === outputs.length) return value;
      throw new RangeError(
        `compile() expected ${outputs.length} ${what}, one for each output (${outputs.join(", ")}), but found ${value.length}.`,
      );
    }
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
      return outputs.map(() => value as T);
    }
    const byName = value as { readonly [output: string]: T | null };
    const unknown = Object.keys(byName).find((name) => !outputs.includes(name));
    if (unknown === undefined) return outputs.map((output) => byName[output]);
    throw new RangeError(
      `compile(): ${what} names the output "${unknown}", but the outputs are ${outputs.map((o) => `"${o}"`).join(", ")}.`,
    );
  };
  return each().map((entry) => entry ?? undefined);
}
