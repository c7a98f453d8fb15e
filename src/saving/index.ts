export { registerKerasSerializable } from "../models/layer_registry";
export type { CustomObjects } from "./from_keras";
export { type LoadOptions, loadModel } from "./load_model";
export type { SaveOptions } from "./save_model";
