import { describe, lookUp } from "../options/options";
import { Adadelta } from "./adadelta";
import { Adagrad } from "./adagrad";
import { Adam, AdamW } from "./adam";
import { Adamax } from "./adamax";
import { Ftrl } from "./ftrl";
import { Lion } from "./lion";
import { Nadam } from "./nadam";
import { Optimizer } from "./optimizer";
import { RMSprop } from "./rmsprop";
import { SGD } from "./sgd";

export { Adadelta, type AdadeltaOptions } from "./adadelta";
export { Adagrad, type AdagradOptions } from "./adagrad";
export { Adam, type AdamOptions, AdamW } from "./adam";
export { Adamax, type AdamaxOptions } from "./adamax";
export { Ftrl, type FtrlOptions } from "./ftrl";
export { Lion, type LionOptions } from "./lion";
export { Nadam, type NadamOptions } from "./nadam";
export { Optimizer } from "./optimizer";
export type { LearningRate, OptimizerOptions } from "./optimizer_options";
export { RMSprop, type RMSpropOptions } from "./rmsprop";
export * as schedules from "./schedules/index";
export { SGD, type SGDOptions } from "./sgd";

/** The optimizers' classes by Keras's names. */
export const classes = {
  SGD,
  RMSprop,
  Adam,
  AdamW,
  Adagrad,
  Adadelta,
  Adamax,
  Nadam,
  Lion,
  Ftrl,
} satisfies { readonly [name: string]: new (options?: object) => Optimizer };

type ClassName = keyof typeof classes;

/** The names that `optimizer:` accepts, in any case. */
export type OptimizerName = ClassName | Lowercase<ClassName> | Uppercase<ClassName>;

/** What `optimizer:` accepts: a name, or an optimizer. */
export type OptimizerIdentifier = OptimizerName | Optimizer;

/**
 * A new optimizer of the given name with Keras's default options; an optimizer is returned unchanged. Throws on an
 * unknown name, with the nearest known one.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 * keras.optimizers.get("adam").learningRate // 0.001
 * ```
 */
export function get(identifier: OptimizerIdentifier): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  if (typeof identifier === "string") {
    return new (lookUp<new () => Optimizer>("optimizer", identifier, classes))();
  }
  throw new TypeError(
    `Expected an optimizer: a name such as "adam" or a keras.optimizers object, but found ${describe(identifier)}.`,
  );
}
