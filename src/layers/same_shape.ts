import type { Shape } from "./keras_tensor";
import { Layer } from "./layer";

/** Base of the layers whose output has the shape and the mask of the input. */
export abstract class SameShape extends Layer {
  override supportsMasking = true;

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}
