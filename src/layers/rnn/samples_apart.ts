import { isLibraryLayer } from "../../saving/object_registration";
import type { Layer } from "../layer";

// They run functions of the user's, which may do anything.
const functions = new Set(["Lambda", "Operation"]);

/**
 * Whether a layer computes each sample apart from the others, as far as is known: the steps of a sequence can then be
 * taken as samples of one large batch. A class of the user's may use the whole batch, as BatchNormalization does.
 */
export function keepsSamplesApart(layer: Layer, training: boolean): boolean {
  if (!isLibraryLayer(layer) || functions.has(layer.className)) return false;
  // Statistics of the batch.
  if (layer.className === "BatchNormalization" && training) return false;
  // A mean over the batch, and rows of states or of noise that belong to the rows of the batch.
  const { stateful, noiseShape } = layer as { stateful?: boolean; noiseShape?: unknown };
  if (layer.activityRegularizer !== null || stateful === true || (noiseShape ?? null) !== null) return false;
  return layer.sublayers.every((inner) => keepsSamplesApart(inner, training));
}
