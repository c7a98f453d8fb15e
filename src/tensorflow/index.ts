/// <reference types="@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops" preserve="true" />
/**
 * All that this library changes in TensorFlow.js 4.22.
 *
 * | What | Why | Upstream | File |
 * |---|---|---|---|
 * | Gradients are registered | tfjs-core's Node bundle leaves them out | | this one |
 * | Ragged arrays are refused | they become a tensor that fails later | | this one |
 * | Gradients of comparisons, `isNaN`, `argMax` … | a loss with `tf.where(a.less(b), …)` could not be trained | | missing_gradients |
 * | Methods of tensors (`x.add(1)`) | tfjs-core's Node bundle leaves them out | | tensor_methods |
 * | NumPy's methods (`x.slice("1:, 0")`, `x.std()`) | TensorFlow.js has none | | numpy_methods, selection |
 * | Tensors are freed with the garbage | notebooks do not call `dispose` | | memory |
 * | `tf.randomNormal` and others follow `setRandomSeed` | they take a seed at each call only | | seeded_random |
 * | Kernels that a backend lacks run on "cpu" | WebAssembly cannot train convolutions and embeddings | #8474, #8082 | missing_kernels |
 * | WebAssembly's `MaxPoolGrad` and `Cast` to bool run on "cpu" | wrong results | #7672, #2590 | missing_kernels |
 * | WebAssembly's kernels get their inputs first | a heap that grows detaches their view of it | | inputs_first |
 * | WebAssembly's listeners are removed | any unhandled rejection would end the process | | backends |
 * | `util.isArray` and others are restored for tfjs-node | Node 23 removed them | #8609 | backends |
 * | tfjs-node does not replace our tensor methods | it brings its own | | backends |
 * | Tensors print as NumPy prints arrays | TensorFlow.js prints its own format | | ../display/install |
 * | While a function is traced: `Variable.assign`, reading tensors | tracing records state and must not compute | | ../compiler/trace/trace |
 *
 * @see https://github.com/tensorflow/tfjs/issues
 * @module
 */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { installAutomaticMemory } from "./memory";
import { installMissingGradients } from "./missing_gradients";
// Once more for its types: a program that uses the library must see them.
import "./numpy_methods";
import { installNumpyMethods } from "./numpy_methods";
import { installSeededRandom } from "./seeded_random";
import { installTensorMethods } from "./tensor_methods";

// For the gradients: tfjs-core has them only as ES modules whose imports lack file extensions, which no version of Node
// loads, and bundling them would copy the operations they use. Required, so that its types are not loaded with ours.
require("@tensorflow/tfjs-layers");

tf.env().set("TENSORLIKE_CHECK_SHAPE_CONSISTENCY", true);
installMissingGradients();
installTensorMethods();
installNumpyMethods();
installAutomaticMemory();
installSeededRandom();
