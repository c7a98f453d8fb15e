import type { Kernels } from "./kernel";
export const pooling: Kernels = {};
