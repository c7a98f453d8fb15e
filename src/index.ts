import "./backend/tensorflow";
import { install as installDisplay } from "./display/install";

installDisplay();

export * as tf from "@tensorflow/tfjs-core";
export { compareHistories, imageGrid, imshow } from "./charts";
export { type Compiled, type CompilerOptions, compile } from "./compiler/compile";
export { type TrainTestSplitOptions, trainTestSplit } from "./model_selection/train_test_split";
export { RandomState, random } from "./random";
