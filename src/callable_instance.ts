/**
 * Base of Keras objects that are functions as well: `const mse = keras.losses.MeanSquaredError(); mse(yTrue, yPred)`.
 *
 * The constructor returns a function whose prototype is the class's own, so that fields, methods and `instanceof` work as
 * in any class and calling the object calls {@link invoke}.
 */
export abstract class CallableInstance {
  constructor() {
    // biome-ignore lint/suspicious/noExplicitAny: the subclass's own `invoke` types the arguments
    const self = ((...args: any[]) => self.invoke(...args)) as unknown as this;
    Object.setPrototypeOf(self, new.target.prototype);
    // A function's own name and length would hide getters of the same names in the class.
    Reflect.deleteProperty(self, "name");
    Reflect.deleteProperty(self, "length");
    // biome-ignore lint/correctness/noConstructorReturn: the function takes the place of the plain object
    return self;
  }

  /** What calling the object does. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  abstract invoke(...args: any[]): unknown;
}
