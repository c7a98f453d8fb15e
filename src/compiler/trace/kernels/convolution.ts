import type { Kernels } from "./kernel";
export const convolution: Kernels = {};
