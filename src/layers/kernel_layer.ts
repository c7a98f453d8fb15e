import * as tf from "@tensorflow/tfjs-core";
import * as activations from "../activations/index";
import type * as initializers from "../initializers/index";
import * as kinds from "../options/kinds";
import { reading } from "../options/options";
import { Layer, type LayerOptions, type WeightOptions } from "./layer";
import { layerKinds } from "./layer_options";
import { type RestraintOptions, treatmentKinds, type WeightTreatment } from "./treatments";

/** Options of the layers that have a kernel, a bias and an activation. */
export interface KernelOptions extends LayerOptions, RestraintOptions<"kernel">, RestraintOptions<"bias"> {
  /** Applied to what the layer computes. Default none. */
  readonly activation?: activations.ActivationIdentifier;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default `"glorot_uniform"`. */
  readonly kernelInitializer?: initializers.InitializerIdentifier;
  /** Default `"zeros"`. */
  readonly biasInitializer?: initializers.InitializerIdentifier;
}

/** Base of the layers that have a kernel, a bias and an activation. */
export abstract class KernelLayer extends Layer {
  static override readonly optionKinds: kinds.KindsOf<KernelOptions> = {
    ...layerKinds,
    activation: kinds.readElsewhere,
    useBias: kinds.boolean,
    ...treatmentKinds("kernel"),
    ...treatmentKinds("bias"),
  };
  readonly activation: activations.Activation;
  readonly useBias: boolean;
  /** How the weights start, and what limits them. */
  protected readonly treatments: { readonly kernel: WeightTreatment; readonly bias: WeightTreatment };
  kernel?: tf.Variable;
  bias?: tf.Variable;

  /** @param activation the layer's default */
  constructor(options: KernelOptions, activation?: activations.ActivationName) {
    super(options);
    this.activation = reading(`${this.className}()`, "activation", () =>
      activations.get(options.activation === undefined ? activation : options.activation),
    );
    this.useBias = options.useBias ?? true;
    this.treatments = { kernel: this.treatment(options, "kernel"), bias: this.treatment(options, "bias", "zeros") };
  }

  /** Makes the kernel, and the bias if there is one. */
  protected addKernel(shape: WeightOptions["shape"] & {}, units: number): void {
    this.kernel = this.addWeight({ name: "kernel", shape, ...this.treatments.kernel });
    this.addBias([units]);
  }

  /** Makes the bias, unless the layer is to have none. */
  protected addBias(shape: readonly number[], treatment: WeightOptions = this.treatments.bias): void {
    if (this.useBias) this.bias = this.addWeight({ name: "bias", shape, ...treatment });
  }

  /** `y` plus the bias, if there is one. */
  protected biased(y: tf.Tensor): tf.Tensor {
    return this.bias === undefined ? y : tf.add(y, this.bias);
  }

  override getConfig(): { [option: string]: unknown } {
    return { ...super.getConfig(), activation: activations.serialize(this.activation) };
  }
}
