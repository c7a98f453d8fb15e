export { type LoadOptions, loadModel } from "../saving/load_model";
export type { SaveOptions } from "../saving/save_model";
export { cloneModel } from "./clone_model";
export type { CompileOptions } from "./compile_options";
export type { Batches, Data } from "./data";
export type { BatchOptions, EvaluateOptions, FitOptions, PredictOptions, Verbose } from "./fit_options";
export { Model, type ModelOptions } from "./model";
export { Sequential, type SequentialOptions } from "./sequential";
export type { SummaryOptions } from "./summary";
