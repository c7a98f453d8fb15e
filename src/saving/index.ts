export type { CustomObjects } from "./from_keras";
export { type LoadOptions, loadModel } from "./load_model";
export { registerKerasSerializable } from "./object_registration";
export type { SaveOptions } from "./save_model";
