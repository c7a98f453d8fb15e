import { KerasTensor } from "../layers/keras_tensor";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";

/** Inputs and outputs of a functional model. */
export interface ModelOptions {
  /** What `keras.Input` returned: one, a list, or an object by name. */
  readonly inputs?: KerasTensor | readonly KerasTensor[] | { readonly [name: string]: KerasTensor };
  /** What the last layers returned: one, or a list. */
  readonly outputs?: KerasTensor | readonly KerasTensor[];
  /** Default `functional`, `functional_1` … or the subclass's name. */
  readonly name?: string;
  readonly trainable?: boolean;
}

const modelKinds: kinds.KindsOf<ModelOptions> = {
  inputs: kinds.readElsewhere,
  outputs: kinds.readElsewhere,
  name: kinds.name,
  trainable: kinds.boolean,
};

/** The options of a model, given as one object, or inputs and outputs first. */
export function modelOptions(
  inputs: ModelOptions | KerasTensor | readonly KerasTensor[],
  outputs: ModelOptions["outputs"],
  more: Omit<ModelOptions, "inputs" | "outputs">,
): ModelOptions {
  const options = (outputs === undefined ? inputs : { inputs, outputs, ...more }) as ModelOptions;
  checkOptions("keras.Model()", options, modelKinds);
  return options;
}

/** The tensors at one end of a model, in order. */
export function ends(side: "inputs" | "outputs", value: ModelOptions["inputs"]): readonly KerasTensor[] {
  const list = value instanceof KerasTensor ? [value] : typeof value === "object" ? Object.values<unknown>(value) : [];
  if (list.length > 0 && list.every((tensor) => tensor instanceof KerasTensor)) return list;
  throw new TypeError(
    `keras.Model({ inputs, outputs }) expected ${side} to be what keras.Input() and layers called on it return, but found ${describe(value)}.`,
  );
}
