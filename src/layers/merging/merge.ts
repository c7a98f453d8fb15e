import * as tf from "@tensorflow/tfjs-core";
import { asList } from "../../backend/lists";
import type { KindsOf } from "../../options/kinds";
import { formatShape, type Shape, shapesOf } from "../keras_tensor";
import { type Inputs, Layer, type LayerOptions } from "../layer";
import { layerKinds } from "../layer_options";
import type { Mask } from "../masks";

/** The shape of values of shapes `a` and `b` combined element by element; undefined if they do not fit. */
function broadcast(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const merged: (number | null)[] = [];
  for (let axis = 1; axis <= rank; axis++) {
    const [m, n] = [axis > a.length ? 1 : a.at(-axis), axis > b.length ? 1 : b.at(-axis)];
    if (typeof m === "number" && typeof n === "number" && m !== n && m !== 1 && n !== 1) return undefined;
    merged.unshift(m === 1 ? (n ?? null) : n === 1 ? (m ?? null) : (m ?? n ?? null));
  }
  return merged;
}

/** Base of the layers that combine several inputs into one output. */
export abstract class Merge extends Layer {
  static override readonly optionKinds: KindsOf<LayerOptions> = layerKinds;
  override supportsMasking = true;
  /** The least number of inputs, and the greatest. */
  protected readonly inputCount: readonly [number, number] = [1, Infinity];

  /** Combines the inputs. */
  protected abstract merge(inputs: readonly tf.Tensor[]): tf.Tensor;

  override build(inputShape: Shape | readonly Shape[]): void {
    const shapes = shapesOf(inputShape);
    const [least, most] = this.inputCount;
    if (shapes.length < least || shapes.length > most) {
      const wanted = most === Infinity ? `a list of at least ${least}` : `a list of ${least}`;
      throw new Error(
        `Layer "${this.name}" expected ${wanted} inputs, as in ${this.className}()([a, b]), but found ${shapes.length}.`,
      );
    }
    this.computeOutputShape(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.merge(asList(inputs));
  }

  /** A step counts if it counts in one of the inputs; all do unless all inputs have a mask. */
  override computeMask(_inputs: Inputs, mask: Mask): Mask {
    if (!Array.isArray(mask) || mask.some((each) => each === null)) return null;
    return (mask as tf.Tensor[]).reduce((either, each) => tf.logicalOr(either, each));
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shapes = shapesOf(inputShape);
    return shapes.reduce((merged, shape) => {
      const next = broadcast(merged, shape);
      if (next !== undefined) return next;
      const list = shapes.map(formatShape).join(" and ");
      throw new RangeError(`Layer "${this.name}" expected inputs of shapes that fit each other but found ${list}.`);
    });
  }
}
