// biome-ignore lint/suspicious/noExplicitAny: any constructor is accepted; its own parameters are kept below
type Constructor = abstract new (...args: any) => any;

/** A class that can also be called without `new`, as Keras's classes are in Python. */
export type Callable<C extends Constructor> = C & ((...args: ConstructorParameters<C>) => InstanceType<C>);

/**
 * Makes a class callable without `new`; `new` and `extends` still work.
 *
 * The convention for every Keras class: the class is called `DenseLayer` with `static className = "Dense"`, and the file
 * exports the documented `const Dense = callable(DenseLayer)` beside `type Dense = DenseLayer`, because a hover in the
 * notebook shows the comment of the constant. Layers use `callableLayer`, which also requires a complete table of options.
 */
export function callable<C extends Constructor>(kerasClass: C): Callable<C> {
  return new Proxy(kerasClass, {
    apply: (target, _this, args) => Reflect.construct(target, args),
  }) as Callable<C>;
}
