import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../layers/keras_tensor";
import { isShape } from "../layers/layer";
import type { KerasModel } from "../models/model";
import * as kinds from "../options/kinds";
import { checked, checkOptions, describe } from "../options/options";
import { unpackArchive } from "./archive";
import { compilationFromKeras } from "./compile_config";
import { checkPath, readWhole } from "./files";
import { type CustomObjects, layerFromKeras } from "./from_keras";
import { readHdf5 } from "./hdf5";
import { isKerasObject, type KerasObject } from "./json";
import { withLayers } from "./object_registration";
import { assignWeights } from "./weights";

/** What `loadModel` takes. */
export interface LoadOptions {
  /** Classes and functions of your own that the model uses, by name: `{ Scale, myLoss }`. */
  readonly customObjects?: CustomObjects;
  /** Whether the model is compiled as it was when it was saved, optimizer state included. Default true. */
  readonly compile?: boolean;
}

const loadKinds: kinds.KindsOf<LoadOptions> = { customObjects: kinds.object, compile: kinds.boolean };

/**
 * Reads a model from a `.keras` file that `model.save` or Python Keras 3 wrote: layers, weights, and how it was compiled
 * with the state of its optimizer, so that training continues where it ended.
 *
 * @param path of the file, for example `"best-model.keras"`
 * @throws Error if there is no such file, it is damaged or of another kind, or needs a custom object that is missing
 * @example
 * ```ts
 * import { keras, tf } from "tskeras";
 *
 * const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(2)]);
 * await model.save("/tmp/model.keras");
 * const loaded = await keras.models.loadModel("/tmp/model.keras");
 * loaded.countParams(); // 10
 * ```
 * @see https://keras.io/api/models/model_saving_apis/model_saving_and_loading/
 */
export async function loadModel(path: string, options: LoadOptions = {}): Promise<KerasModel> {
  const where = "loadModel()";
  checkPath(where, path, ".keras", (found) =>
    found.endsWith(".h5")
      ? " Files of Keras 2 are saved as .keras by Python Keras; weights alone are read by model.loadWeights()."
      : "",
  );
  checkOptions(where, options, loadKinds);
  const bytes = await readWhole(where, path);
  try {
    const { config, weights } = unpackArchive(bytes);
    if (!isKerasObject(config)) throw new Error(`its config.json describes no model but ${describe(config)}`);
    const stored = await readHdf5(weights);
    const model = modelFromKeras(config, options);
    if (model.built) assignWeights(model, stored);
    return model;
  } catch (error) {
    throw failure(`${where} could not load "${path}"`, error);
  }
}

/**
 * The model that {@link Model.toJson}, or Python Keras's `model.to_json()`, describes, with new weights.
 *
 * @throws Error if the text describes no model, or one that tskeras does not have
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const model = keras.Sequential([keras.layers.Input([4]), keras.layers.Dense(2)]);
 * keras.models.modelFromJson(model.toJson()).countParams(); // 10
 * ```
 * @see https://keras.io/api/models/model_saving_apis/model_config_serialization/
 */
export function modelFromJson(json: string, options: Pick<LoadOptions, "customObjects"> = {}): KerasModel {
  checkOptions("modelFromJson()", options, { customObjects: kinds.object });
  checked("modelFromJson()", "json", json, kinds.text);
  try {
    const config: unknown = JSON.parse(json);
    if (!isKerasObject(config)) throw new Error(`it describes no model but ${describe(config)}`);
    return modelFromKeras(config, options);
  } catch (error) {
    throw failure("modelFromJson()", error);
  }
}

const failure = (what: string, cause: unknown) =>
  new Error(`${what}: ${(cause as Error).message.replace(/\.$/, "")}.`, { cause });

function modelFromKeras(config: KerasObject, { customObjects = {}, compile = true }: LoadOptions): KerasModel {
  const model = withLayers(customObjects, () => layerFromKeras(config, customObjects)) as KerasModel;
  if (!("graph" in model)) throw new Error(`its config.json describes no model but a layer "${config.class_name}"`);
  const shape = config.build_config?.input_shape;
  if (model.graph === undefined && Array.isArray(shape)) buildOnZeros(model, shape);
  const { compile_config: compiled } = config;
  if (compile && isKerasObject(compiled?.["optimizer"])) {
    model.compile(compilationFromKeras(compiled ?? {}, customObjects));
  }
  return model;
}

/** Makes the weights of a model with a `call` of its own by calling it. */
function buildOnZeros(model: KerasModel, shape: Shape | readonly Shape[]): void {
  const shapes = isShape(shape) ? [shape] : shape;
  tf.tidy(() => {
    const zeros = shapes.map((each) => tf.zeros(each.map((size) => size ?? 1)));
    model.ensureBuilt(shape);
    model.run(zeros.length === 1 ? zeros[0]! : zeros, { training: false });
  });
}
