import "./backend/tensorflow";
import { backendReady } from "./backend/backend";
import { makeCompiledRunner } from "./compiler/runner";
import { install as installDisplay } from "./display/install";
import { setCompiledRunner } from "./models/runner";

// Started early, awaited where it matters: tensors can be made at once.
void backendReady();
installDisplay();
setCompiledRunner(makeCompiledRunner);

export * as tf from "@tensorflow/tfjs-core";
export { compareHistories, imageGrid, imshow } from "./charts";
export { type Compiled, type CompilerOptions, compile } from "./compiler/compile";
export * as keras from "./keras";
export { KFold, type KFoldOptions, type KFoldPartsOptions, kFold } from "./model_selection/k_fold";
export { StratifiedKFold } from "./model_selection/stratified_k_fold";
export { type TrainTestSplitOptions, trainTestSplit } from "./model_selection/train_test_split";
export { RandomState, random } from "./random";
