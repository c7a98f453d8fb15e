/** Where Keras keeps the files of its data sets. */
export const ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/";

/** Inputs and targets, to train with and to test with. */
export type DataSplit<X, Y> = [train: [X, Y], test: [X, Y]];
