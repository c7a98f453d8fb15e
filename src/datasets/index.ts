/**
 * Keras's data sets, from Keras's cache: `$KERAS_HOME/datasets`, or `~/.keras/datasets`. What is not there is downloaded once,
 * checked, and found by Python Keras too. Fashion-MNIST comes with this package.
 *
 * Two settings in the environment say where else files come from: `TSKERAS_MIRROR`, a URL below which the files are, under
 * the names they have at their origin and checked all the same; and `TSKERAS_DATASETS`, a folder of files of one's own (a
 * smaller IMDB for a course, say), which are used as they are, without a checksum.
 *
 * @module
 */
export * as bostonHousing from "./boston_housing";
export * as californiaHousing from "./california_housing";
export * as cifar10 from "./cifar10";
export * as cifar100 from "./cifar100";
export * as fashionMnist from "./fashion_mnist";
export * as imdb from "./imdb";
export * as mnist from "./mnist";
export * as reuters from "./reuters";
