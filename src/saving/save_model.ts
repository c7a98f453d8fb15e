import type { ModelParts } from "../models/model_parts";
import * as kinds from "../options/kinds";
import { checkOptions } from "../options/options";
import { packArchive, unpackArchive } from "./archive";
import { compilationToKeras } from "./compile_config";
import { checkPath, readWhole, writeWhole } from "./files";
import { isHdf5, readHdf5, writeHdf5 } from "./hdf5";
import type { KerasObject } from "./json";
import { layerToKeras } from "./to_keras";
import { type AssignOptions, assignWeights, weightsOf } from "./weights";

/** What `model.save` and `model.saveWeights` take. */
export interface SaveOptions {
  /** Whether an existing file is replaced; false makes it an error. Default true. */
  readonly overwrite?: boolean;
}

const saveKinds: kinds.KindsOf<SaveOptions> = { overwrite: kinds.boolean };
const assignKinds: kinds.KindsOf<AssignOptions> = { skipMismatch: kinds.boolean };

const hint = (path: string) =>
  path.endsWith(".onnx")
    ? " Use model.export() for ONNX."
    : path.endsWith(".h5")
      ? ' Weights alone are saved with model.saveWeights("….weights.h5").'
      : ' Add it: "model.keras".';

/** A model as Keras writes it: its layers, and how it was compiled. */
export function modelToKeras(model: ModelParts): KerasObject {
  const { compilation } = model;
  const config = layerToKeras(model);
  return compilation === undefined ? config : { ...config, compile_config: compilationToKeras(compilation) };
}

/** Writes a model as a `.keras` file, whole or not at all. */
export async function saveModel(model: ModelParts, path: string, options: SaveOptions = {}): Promise<void> {
  const where = "model.save()";
  checkPath(where, path, ".keras", hint);
  checkOptions(where, options, saveKinds);
  const weights = await writeHdf5(weightsOf(model));
  await writeWhole(where, path, packArchive({ config: modelToKeras(model), weights }), options.overwrite ?? true);
}

const weightsHint = (path: string) => (path.endsWith(".keras") ? " Whole models are saved with model.save()." : "");

/** Writes weights and the optimizer's state as a `.weights.h5` file. */
export async function saveWeights(model: ModelParts, path: string, options: SaveOptions = {}): Promise<void> {
  const where = "model.saveWeights()";
  checkPath(where, path, ".weights.h5", weightsHint);
  checkOptions(where, options, saveKinds);
  checkBuilt(where, model);
  await writeWhole(where, path, await writeHdf5(weightsOf(model)), options.overwrite ?? true);
}

function checkBuilt(where: string, { built, name }: ModelParts): void {
  if (built) return;
  throw new Error(`${where}: model "${name}" has no weights before it is built: give it an Input, or call it on data.`);
}

/** Reads weights, and the optimizer's state if the model is compiled, from a `.weights.h5` or `.keras` file. */
export async function loadWeights(model: ModelParts, path: string, options: AssignOptions = {}): Promise<void> {
  const where = "model.loadWeights()";
  if (typeof path !== "string" || !path.endsWith(".keras")) checkPath(where, path, ".weights.h5", () => "");
  checkOptions(where, options, assignKinds);
  checkBuilt(where, model);
  const bytes = await readWhole(where, path);
  try {
    const weights = path.endsWith(".keras") ? unpackArchive(bytes).weights : bytes;
    if (!isHdf5(weights)) throw new Error("it is not an HDF5 file");
    assignWeights(model, await readHdf5(weights), options);
  } catch (error) {
    throw new Error(`${where} could not load "${path}": ${(error as Error).message}. The model is as it was.`, {
      cause: error,
    });
  }
}
