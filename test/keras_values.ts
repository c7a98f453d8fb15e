import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Numbers } from "./close";

/** An object by its class and arguments; arguments may be objects of this kind themselves. */
export interface Made {
  readonly class: string;
  readonly args: readonly unknown[];
}

type Classes = { readonly [name: string]: unknown };
// biome-ignore lint/suspicious/noExplicitAny: the arguments are those of the class that the file names
type AnyClass = new (...args: any[]) => unknown;

/** Makes the object; nested ones and schedules are looked up in `classes`, too. */
export function make<T>(classes: Classes, { class: name, args }: Made): T {
  const found = classes[name] as AnyClass | undefined;
  if (found === undefined) throw new Error(`There is no class ${name}.`);
  const isMade = (value: unknown): value is Made => typeof value === "object" && value !== null && "class" in value;
  return new found(...args.map((arg) => (isMade(arg) ? make(classes, arg) : arg))) as T;
}

/** A case of a loss or a metric. */
export interface ScoreCase extends Made {
  readonly y_true: Numbers;
  readonly y_pred: Numbers;
  readonly sample_weight: Numbers;
}

/** What test/reference_values/keras_values.py wrote. */
export interface KerasValues {
  readonly layers: readonly (Made & import("./layers/case").LayerCase)[];
  readonly merges: readonly (Made & {
    readonly layer: string;
    readonly inputs: readonly Numbers[];
    readonly output: Numbers;
  })[];
  readonly activations: { readonly x: number[][]; readonly values: { readonly [name: string]: Numbers } };
  readonly losses: readonly (ScoreCase & {
    readonly loss: string;
    readonly value: Numbers;
    readonly weighted: Numbers | null;
  })[];
  readonly metrics: readonly (ScoreCase & {
    readonly metric: string;
    readonly name: string | null;
    readonly result: Numbers;
    readonly weighted: Numbers;
    readonly variables: readonly number[][];
  })[];
  readonly optimizers: {
    readonly start: readonly Numbers[];
    readonly gradients: readonly Numbers[][];
    readonly cases: readonly (Made & {
      readonly optimizer: string;
      readonly steps: readonly Numbers[][];
      readonly final: readonly Numbers[];
      readonly variables: readonly number[][];
    })[];
  };
  readonly schedules: readonly (Made & {
    readonly schedule: string;
    readonly steps: number[];
    readonly rates: number[];
  })[];
  readonly weights: readonly (Made & {
    readonly module: "constraints" | "regularizers";
    readonly w: number[][];
    readonly value: Numbers;
  })[];
  readonly warps: {
    readonly images: Numbers;
    readonly matrix: readonly number[][];
    readonly cases: readonly {
      readonly interpolation: "bilinear" | "nearest";
      readonly fill_mode: "reflect" | "constant" | "nearest";
      readonly value: Numbers;
    }[];
  };
  readonly initializers: readonly { readonly name: string; readonly std: number; readonly largest: number }[];
}

/** Values that Keras gave for what test/goldens does not cover. */
export function kerasValues(): KerasValues {
  return JSON.parse(
    readFileSync(join(__dirname, "../../test/reference_values/keras_values.json"), "utf8"),
  ) as KerasValues;
}
