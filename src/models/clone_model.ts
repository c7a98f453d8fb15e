import { describe } from "../options/options";
import { layerFromConfig } from "../saving/object_registration";
import { KerasModel } from "./model";

/**
 * A model of the same layers, with new weights.
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(2)]);
 * keras.models.cloneModel(model).countParams(); // 10
 * ```
 * @see https://keras.io/api/models/model_saving_apis/
 */
export function cloneModel<M extends KerasModel>(model: M): M {
  if (!(model instanceof KerasModel))
    throw new TypeError(`cloneModel() expected a model but found ${describe(model)}.`);
  return layerFromConfig({ className: model.className, config: model.getConfig() }) as unknown as M;
}
