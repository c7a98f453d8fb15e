import type * as tf from "@tensorflow/tfjs-core";
import * as activations from "../activations/index";
import * as constraints from "../constraints/index";
import * as initializers from "../initializers/index";
import { reading } from "../options/options";
import * as regularizers from "../regularizers/index";
import { serialize } from "../saving/serialization";
import { Layer, type LayerOptions, layerOptionNames, type WeightOptions } from "./layer";
import { checkLayerOptions } from "./layer_options";

/** Options of the layers that have a kernel, a bias and an activation. */
export interface KernelOptions extends LayerOptions {
  /** Applied to what the layer computes. Default none. */
  readonly activation?: activations.ActivationIdentifier;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default `"glorot_uniform"`. */
  readonly kernelInitializer?: initializers.InitializerIdentifier;
  /** Default `"zeros"`. */
  readonly biasInitializer?: initializers.InitializerIdentifier;
  readonly kernelRegularizer?: regularizers.RegularizerIdentifier;
  readonly biasRegularizer?: regularizers.RegularizerIdentifier;
  readonly kernelConstraint?: constraints.ConstraintIdentifier;
  readonly biasConstraint?: constraints.ConstraintIdentifier;
}

/** The names in {@link KernelOptions}. */
export const kernelOptionNames = [
  ...layerOptionNames,
  "activation",
  "useBias",
  "kernelInitializer",
  "biasInitializer",
  "kernelRegularizer",
  "biasRegularizer",
  "kernelConstraint",
  "biasConstraint",
] as const;

/** How one weight starts, and what holds it in check. */
export interface WeightTreatment {
  readonly initializer: initializers.Initializer;
  readonly regularizer: regularizers.Regularizer | null;
  readonly constraint: constraints.Constraint | null;
}

/** Reads the three options of the weight called `prefix`: `kernelInitializer`, `kernelRegularizer`, `kernelConstraint`. */
export function treatment(
  layer: Layer,
  options: object,
  prefix: string,
  initializer: initializers.InitializerName,
): WeightTreatment {
  const all = options as { readonly [name: string]: unknown };
  const read = <I, R>(what: string, get: (identifier: I) => R, fallback?: I): R => {
    const option = `${prefix}${what}`;
    return reading(`${layer.className}()`, option, () => get((all[option] as I) ?? (fallback as I)));
  };
  return {
    initializer: read("Initializer", initializers.get, initializer),
    regularizer: read("Regularizer", regularizers.get),
    constraint: read("Constraint", constraints.get),
  };
}

/** The options that {@link treatment} reads, for `getConfig`. */
export function treatmentConfig(prefix: string, weight: WeightTreatment): { [option: string]: unknown } {
  return {
    [`${prefix}Initializer`]: serialize(weight.initializer),
    [`${prefix}Regularizer`]: serialize(weight.regularizer),
    [`${prefix}Constraint`]: serialize(weight.constraint),
  };
}

/** Base of the layers that have a kernel, a bias and an activation. */
export abstract class KernelLayer extends Layer {
  readonly activation: activations.Activation;
  readonly useBias: boolean;
  /** How the weights start, and what holds them in check. */
  protected readonly treatments: { readonly kernel: WeightTreatment; readonly bias: WeightTreatment };
  kernel?: tf.Variable;
  bias?: tf.Variable;

  constructor(options: KernelOptions, extraNames: readonly string[] = []) {
    super(options);
    checkLayerOptions(`${this.className}()`, options, [...kernelOptionNames, ...extraNames]);
    this.activation = reading(`${this.className}()`, "activation", () => activations.get(options.activation));
    this.useBias = options.useBias ?? true;
    this.treatments = {
      kernel: treatment(this, options, "kernel", "glorot_uniform"),
      bias: treatment(this, options, "bias", "zeros"),
    };
  }

  /** Makes the kernel, and the bias if there is one. */
  protected addKernel(shape: WeightOptions["shape"] & {}, units: number): void {
    this.kernel = this.addWeight({ name: "kernel", shape, ...this.treatments.kernel });
    if (this.useBias) this.bias = this.addWeight({ name: "bias", shape: [units], ...this.treatments.bias });
  }

  override getConfig(): { [option: string]: unknown } {
    return {
      ...super.getConfig(),
      activation: activations.serialize(this.activation),
      useBias: this.useBias,
      ...treatmentConfig("kernel", this.treatments.kernel),
      ...treatmentConfig("bias", this.treatments.bias),
    };
  }
}
