/**
 * Keras's data sets, from Keras's cache: `$KERAS_HOME/datasets`, or `~/.keras/datasets`. A file that is not there is downloaded
 * once and checked, and Python Keras finds it too. Fashion-MNIST comes with this package.
 *
 * Two environment variables name other places: `TSKERAS_MIRROR`, a URL below which the files are, under the names they have at
 * their origin and checked in the same way; and `TSKERAS_DATASETS`, a folder of your own files (a smaller IMDB for a course,
 * say), which are used without a checksum.
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
