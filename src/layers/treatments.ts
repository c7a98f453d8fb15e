import * as constraints from "../constraints/index";
import * as initializers from "../initializers/index";
import * as kinds from "../options/kinds";
import { reading } from "../options/options";
import * as regularizers from "../regularizers/index";

/** The regularizer and the constraint of the weight called `Weight`: `kernelRegularizer`, `kernelConstraint`. */
export type RestraintOptions<Weight extends string> = {
  readonly [Option in `${Weight}Regularizer`]?: regularizers.RegularizerIdentifier;
} & { readonly [Option in `${Weight}Constraint`]?: constraints.ConstraintIdentifier };

type TreatmentOption<Weight extends string> = `${Weight}${"Initializer" | "Regularizer" | "Constraint"}`;

/** The three options of the weight called `weight`, for the table of a layer. */
export const treatmentKinds = <Weight extends string>(weight: Weight) =>
  Object.fromEntries(
    ["Initializer", "Regularizer", "Constraint"].map((what) => [`${weight}${what}`, kinds.readElsewhere]),
  ) as { readonly [Option in TreatmentOption<Weight>]: kinds.Kind };

/** The initial values of a weight, and what limits it in training. */
export interface WeightTreatment {
  readonly initializer: initializers.Initializer;
  readonly regularizer: regularizers.Regularizer | null;
  readonly constraint: constraints.Constraint | null;
}

/**
 * Reads the three options of the weight called `weight`: `kernelInitializer`, `kernelRegularizer`, `kernelConstraint`.
 * An empty name reads `initializer`, `regularizer` and `constraint`.
 */
export function readTreatment(
  where: string,
  options: object,
  weight: string,
  initializer: initializers.InitializerName = "glorot_uniform",
): WeightTreatment {
  const given = options as { readonly [name: string]: unknown };
  const read = <I, R>(what: string, get: (identifier: I) => R, fallback?: I): R => {
    const option = weight === "" ? what : `${weight}${what[0]!.toUpperCase()}${what.slice(1)}`;
    return reading(where, option, () => get((given[option] as I) ?? (fallback as I)));
  };
  return {
    initializer: read("initializer", initializers.get, initializer),
    regularizer: read("regularizer", regularizers.get),
    constraint: read("constraint", constraints.get),
  };
}
