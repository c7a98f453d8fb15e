/** What differs from Keras on purpose, by module and Keras's name. */
export const differences: { readonly [name: string]: string } = {
  "models.load_model": "gives a promise: await it",
  "callbacks.ProgbarLogger":
    "one display that is updated in place in JupyterLab, one line an epoch where nobody watches",
  "utils.set_random_seed":
    "seeds initializers, shuffles, dropout and splits; the numbers are not Keras's, as those differ by backend",
  "utils.plot_model": "drawn inline, nothing to install; shapes and names are shown unless showShapes: false",
  "utils.get_file": "gives a promise: await it",
  "random.normal":
    "other numbers than Keras's for the same seed, as those differ by backend; the same holds for all of `random`",
  "ops.vstack": "stacks rows as NumPy does; Keras on TensorFlow joins them into one",
  "ops.array": "numbers are float32 unless a type is given: JavaScript does not tell 1 from 1.0",
  "ops.convert_to_numpy": "a typed array in C order; a tensor is this library's array",
  "ops.bincount": "reads the values, so it is not compiled",
  "ops.where": "needs all three arguments",
  "ops.linspace": "of numbers, not of tensors",
  "ops.get_item": 'takes the text between Python\'s brackets: `getItem(x, ":, 1:")`',
};

/** Where Keras's names of other modules are to be found here. */
export const elsewhere: { readonly [name: string]: string } = {
  "models.save_model": "model.save()",
  "saving.save_model": "model.save()",
  "saving.save_weights": "model.saveWeights()",
  "saving.load_weights": "model.loadWeights()",
  "ops.conv": "tf.conv1d(), tf.conv2d()",
  "ops.max_pool": "tf.maxPool()",
  "ops.average_pool": "tf.avgPool()",
  "ops.fft": "tf.fft()",
  "ops.rfft": "tf.rfft()",
  "ops.dtype": "tensor.dtype",
  "metrics.top_k_categorical_accuracy": "metrics.topKCategoricalAccuracy()",
};

/** Reasons why whole families are missing; the first that matches counts. */
export const reasons: readonly (readonly [names: RegExp, reason: string])[] = [
  [
    /^(layers\.(Jax|Flax|TFSM|Torch)|callbacks\.(Orbax|RemoteMonitor|TensorBoard))/,
    "belongs to a Python framework or service",
  ],
  [
    /serialize|custom_object|CustomObject|registered|KerasFileEditor/,
    "configs are plain objects: `getConfig()` and `fromConfig()`; names of your own classes go to `customObjects`",
  ],
  [/3D|3DTranspose/, "volumes and video: no tutorial of the first chapters needs them"],
  [/ConvLSTM|RNN$|Cell|StackedRNN/, "cells of one's own: write a Layer with a loop in `call`"],
  [/Attention|Einsum/, "transformers: not yet"],
  [
    /Random|CutMix|MixUp|AugMix|Aug|Equalization|Solarization|Contrast|BoundingBoxes|Pipeline|Resizing|CenterCrop|Crop/,
    "augmentation beyond the common kinds: not yet",
  ],
  [
    /Lookup|Hash|TextVectorization|Category|Discretization|Spectrogram|FeatureSpace/,
    "tables and text are prepared before training: not yet",
  ],
  [/linalg|numpy|nn$|^ops\./, "not among the common ones: most are in `tf`"],
];
