import type { Layer } from "../layers/layer";
import type { Metric } from "../metrics/metric";
import type { Optimizer } from "../optimizers/optimizer";

/** What the library's own callbacks need of a model. */
export interface CallbackModel extends Pick<Layer, "name" | "getWeights" | "setWeights"> {
  readonly optimizer: Optimizer;
  /** How it was compiled: the metrics by their names in logs. */
  readonly compilation:
    | {
        readonly built: boolean;
        readonly metrics: { readonly entries: readonly { readonly key: string; readonly metric: Metric }[] };
      }
    | undefined;
  stopTraining: boolean;
  resumeEpoch: number | undefined;
  save(path: string): Promise<void>;
  saveWeights(path: string): Promise<void>;
  loadWeights(path: string): Promise<void>;
}

/**
 * The model in a callback. `models/model.ts` adds to it everything that a model has; an import of the model here would
 * make a cycle of callbacks, training and models.
 */
// biome-ignore lint/suspicious/noEmptyInterface: models/model.ts adds its members
export interface Model {}
