import type * as tf from "@tensorflow/tfjs-core";
import type { Layer } from "./layer";

/** What the layers of one call share without passing it on as an argument. */
export interface CallContext {
  readonly training: boolean;
  /** Losses that layers add while they are called (`addLoss`, activity regularizers). */
  readonly losses: tf.Tensor[];
  /** The call of the outermost layer; another object for each such call. */
  readonly entry?: { readonly layer: Layer };
  /** Whether only the shape of the output is wanted. */
  readonly probing?: boolean;
}

let current: CallContext | undefined;

/** The context of the call that is running, if any. */
export const callContext = (): CallContext | undefined => current;

/** Runs `work` in `context`. */
export function withContext<T>(context: CallContext, work: () => T): T {
  const outer = current;
  current = context;
  try {
    return work();
  } finally {
    current = outer;
  }
}
