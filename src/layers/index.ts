import { registerLayers } from "../saving/object_registration";
import * as layers from "./index";
import { OperationLayer } from "./operation";

/** The layers of Keras, with its other names for some of them. */
export { PReLU, type PReLUOptions } from "./activations/prelu";
export {
  ELU,
  type ELUOptions,
  LeakyReLU,
  type LeakyReLUOptions,
  ReLU,
  type ReLUOptions,
  Softmax,
  type SoftmaxOptions,
} from "./activations/rectifiers";
export { Conv1D, Conv1D as Convolution1D, type Conv1DOptions } from "./convolutional/conv1d";
export { Conv2D, Conv2D as Convolution2D, type GroupedConv2DOptions } from "./convolutional/conv2d";
export {
  Conv2DTranspose,
  Conv2DTranspose as Convolution2DTranspose,
  type Conv2DTransposeOptions,
} from "./convolutional/conv2d_transpose";
export type { Conv2DOptions } from "./convolutional/convolution";
export { DepthwiseConv2D, type DepthwiseConv2DOptions } from "./convolutional/depthwise_conv2d";
export {
  SeparableConv2D,
  SeparableConv2D as SeparableConvolution2D,
  type SeparableConv2DOptions,
} from "./convolutional/separable_conv2d";
export { Activation } from "./core/activation";
export { Dense } from "./core/dense";
export { Embedding, type EmbeddingOptions } from "./core/embedding";
export { Identity, Lambda, type LambdaOptions } from "./core/lambda";
export { Masking, type MaskingOptions } from "./core/masking";
export { Input, InputLayer } from "./input";
export type { KernelOptions } from "./kernel_layer";
export { type CallOptions, Layer, type LayerOptions, type WeightOptions } from "./layer";
export {
  Add,
  Average,
  add,
  asFunction,
  average,
  Maximum,
  type MergeFunction,
  Minimum,
  Multiply,
  maximum,
  minimum,
  multiply,
  Subtract,
  subtract,
} from "./merging/arithmetic";
export { Concatenate, type ConcatenateOptions, concatenate } from "./merging/concatenate";
export { Dot, type DotOptions } from "./merging/dot";
export { BatchNormalization, type BatchNormalizationOptions } from "./normalization/batch_normalization";
export { GroupNormalization, type GroupNormalizationOptions } from "./normalization/group_normalization";
export { LayerNormalization, type LayerNormalizationOptions } from "./normalization/layer_normalization";
export { UnitNormalization, type UnitNormalizationOptions } from "./normalization/unit_normalization";
export {
  AveragePooling1D,
  AveragePooling1D as AvgPool1D,
  AveragePooling2D,
  AveragePooling2D as AvgPool2D,
} from "./pooling/average_pooling";
export {
  GlobalAveragePooling1D,
  GlobalAveragePooling1D as GlobalAvgPool1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling2D as GlobalAvgPool2D,
  GlobalMaxPooling1D,
  GlobalMaxPooling1D as GlobalMaxPool1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling2D as GlobalMaxPool2D,
} from "./pooling/global_pooling";
export {
  MaxPooling1D,
  MaxPooling1D as MaxPool1D,
  MaxPooling2D,
  MaxPooling2D as MaxPool2D,
} from "./pooling/max_pooling";
export type { GlobalPoolingOptions, Pooling1DOptions, Pooling2DOptions } from "./pooling/pooling";
export type { WarpOptions } from "./preprocessing/augmentation";
export type { FactorRange } from "./preprocessing/factor_range";
export { Normalization, type NormalizationOptions } from "./preprocessing/normalization";
export { type ColorOptions, RandomBrightness, RandomContrast } from "./preprocessing/random_colors";
export {
  type FlipMode,
  RandomFlip,
  RandomRotation,
  RandomTranslation,
  RandomZoom,
  type RandomZoomOptions,
} from "./preprocessing/random_images";
export { Rescaling, type RescalingOptions } from "./preprocessing/rescaling";
export { CenterCrop, Resizing, type ResizingOptions } from "./preprocessing/resizing";
export type { RandomOptions as AugmentationOptions, RandomOptions as NoiseOptions } from "./random_layer";
export { ActivityRegularization, type ActivityRegularizationOptions } from "./regularization/activity_regularization";
export { Dropout, type DropoutOptions, SpatialDropout1D, SpatialDropout2D } from "./regularization/dropout";
export { AlphaDropout, GaussianDropout, GaussianNoise } from "./regularization/noise";
export { Flatten } from "./reshaping/flatten";
export { Cropping1D, Cropping2D, type Margin, type Margins2D, ZeroPadding1D, ZeroPadding2D } from "./reshaping/padding";
export { Permute } from "./reshaping/permute";
export { RepeatVector } from "./reshaping/repeat_vector";
export { Reshape } from "./reshaping/reshape";
export { UpSampling1D, UpSampling2D, type UpSampling2DOptions } from "./reshaping/up_sampling";
export { Bidirectional, type BidirectionalOptions } from "./rnn/bidirectional";
export { GRU, type GRUOptions } from "./rnn/gru";
export { LSTM, type LSTMOptions } from "./rnn/lstm";
export type { GatedOptions, RecurrentOptions } from "./rnn/recurrent";
export { SimpleRNN } from "./rnn/simple_rnn";
export { TimeDistributed } from "./rnn/time_distributed";

// Configurations name these classes.
registerLayers({ ...layers, Operation: OperationLayer });
