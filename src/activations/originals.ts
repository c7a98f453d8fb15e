/** Functions that are another name of an activation function, as those of `keras.ops` are, and which. */
export const originals = new WeakMap<object, (...args: never[]) => unknown>();
