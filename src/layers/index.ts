export { Activation } from "./core/activation";
export { Dense } from "./core/dense";
export { Input, InputLayer } from "./input";
export type { KernelOptions } from "./kernel_layer";
export { type CallOptions, Layer, type LayerOptions, type WeightOptions } from "./layer";
export { Dropout, type DropoutOptions } from "./regularization/dropout";
export { Flatten } from "./reshaping/flatten";
export { Permute } from "./reshaping/permute";
export { Reshape } from "./reshaping/reshape";
