import type { Layer } from "../layers/layer";
import type { Graph } from "../models/graph";
import type { Optimizer } from "../optimizers/optimizer";
import type { Compilation } from "../trainers/compilation";

/** What saving needs of a model. */
export interface SavedModel extends Layer {
  readonly graph: Graph | undefined;
  readonly layers: readonly Layer[];
  readonly compiled: boolean;
  readonly compilation: Compilation | undefined;
  readonly optimizer: Optimizer;
}
