/// <reference types="@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops" preserve="true" />
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { installAutomaticMemory } from "./memory";
import { installMissingGradients } from "./missing_gradients";
// Once more for its types: a program that uses the library must see them.
import "./numpy_methods";
import { installNumpyMethods } from "./numpy_methods";
import { installSeededRandom } from "./seeded_random";
import { installTensorMethods } from "./tensor_methods";

// For its registration of the gradients, which the Node bundle of tfjs-core leaves out as well. Required rather than
// imported, so that its type declarations are not loaded with ours.
require("@tensorflow/tfjs-layers");

// Else ragged rows become a tensor that fails somewhere later.
tf.env().set("TENSORLIKE_CHECK_SHAPE_CONSISTENCY", true);
installMissingGradients();
installTensorMethods();
installNumpyMethods();
installAutomaticMemory();
installSeededRandom();
