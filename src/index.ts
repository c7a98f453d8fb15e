import "./backend/tensorflow";

export * as tf from "@tensorflow/tfjs-core";
export { type TrainTestSplitOptions, trainTestSplit } from "./model_selection/train_test_split";
export { RandomState, random } from "./random";
