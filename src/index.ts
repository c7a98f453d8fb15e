import "./tensorflow/index";
import { backendReady } from "./backend/backend";
import { warmUp } from "./compiler/run/warm_up";
import { install as installDisplay } from "./display/install";

// Started early and awaited where it matters, so that tensors can be made at once.
// What training needs is loaded while the program is idle; a program that ends at once does not wait for it.
void backendReady().then(() => setTimeout(warmUp).unref());
installDisplay();

export * as tf from "@tensorflow/tfjs-core";
export { compareHistories, imageGrid, imshow } from "./charts";
export { type Compiled, type CompilerOptions, compile } from "./compiler/compile";
export * as keras from "./keras";
export { KFold, type KFoldOptions, type KFoldPartsOptions, kFold } from "./model_selection/k_fold";
export { StratifiedKFold } from "./model_selection/stratified_k_fold";
export { type TrainTestSplitOptions, trainTestSplit } from "./model_selection/train_test_split";
export { RandomState, random } from "./random";
