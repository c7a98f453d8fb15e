import type { Layer } from "../layers/layer";
import type { Optimizer } from "../optimizers/optimizer";
import type { Compilation } from "../trainers/compilation";
import type { Graph } from "./graph";

/** What saving and the summary need of a model. */
export interface ModelParts extends Layer {
  readonly graph: Graph | undefined;
  readonly layers: readonly Layer[];
  readonly compiled: boolean;
  readonly compilation: Compilation | undefined;
  readonly optimizer: Optimizer;
}
