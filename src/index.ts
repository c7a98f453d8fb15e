import "./backend/tensorflow";

export * as tf from "@tensorflow/tfjs-core";
