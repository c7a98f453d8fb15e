import { convolution } from "./convolution";
import { elementwise } from "./elementwise";
import { indexing } from "./indexing";
import type { Kernels } from "./kernel";
import { matrices } from "./matrix";
import { pooling } from "./pooling";
import { reductions } from "./reduction";
import { images } from "./resizing";
import { shapes } from "./shape";

/** Every kernel that has a compiled form, by its TensorFlow.js name. */
export const kernels: Kernels = {
  ...elementwise,
  ...reductions,
  ...matrices,
  ...shapes,
  ...indexing,
  ...convolution,
  ...pooling,
  ...images,
};
