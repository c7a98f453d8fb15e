/** Keras's other names of layers. */
export { Conv1D as Convolution1D } from "./convolutional/conv1d";
export { Conv2D as Convolution2D } from "./convolutional/conv2d";
export { Conv2DTranspose as Convolution2DTranspose } from "./convolutional/conv2d_transpose";
export { SeparableConv2D as SeparableConvolution2D } from "./convolutional/separable_conv2d";
export { AveragePooling1D as AvgPool1D } from "./pooling/average_pooling1d";
export { AveragePooling2D as AvgPool2D } from "./pooling/average_pooling2d";
export {
  GlobalAveragePooling1D as GlobalAvgPool1D,
  GlobalAveragePooling2D as GlobalAvgPool2D,
  GlobalMaxPooling1D as GlobalMaxPool1D,
  GlobalMaxPooling2D as GlobalMaxPool2D,
} from "./pooling/global_pooling";
export { MaxPooling1D as MaxPool1D } from "./pooling/max_pooling1d";
export { MaxPooling2D as MaxPool2D } from "./pooling/max_pooling2d";
