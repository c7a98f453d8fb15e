import { CallableInstance } from "../callable_instance";
import type { Kinds, KindsOf } from "../options/kinds";
import { checkOptions } from "../options/options";

/** A class's options without those that every loss or metric has. */
export type OwnOptions<O> = Omit<O, "name" | "reduction">;

/** A class's own options: what each may be, and its default. */
export interface OptionTable<O> {
  readonly ownOptions: KindsOf<OwnOptions<O>>;
  readonly defaults: Required<OwnOptions<O>>;
}

/** The fields that a class with an {@link OptionTable} has. */
export type OptionFields<O> = Readonly<Required<OwnOptions<O>>>;

/** Base of the losses and metrics: an object that is called as a function, with a name and options. */
export abstract class Configurable extends CallableInstance {
  static readonly className: string = "Configurable";
  /** What each of the class's own options may be. */
  static readonly ownOptions: Kinds = {};
  /** The defaults of the own options that become fields and part of the configuration under the same names. */
  static readonly defaults: { readonly [option: string]: unknown } = {};
  /** The name in logs where Keras gives a fixed one. */
  static readonly logName: string | undefined = undefined;

  readonly name: string;

  /**
   * @param base the `className` of the public base class; a class that inherits it goes by its own name
   * @param shared what the options of all subclasses may be
   * @param nameOf the name in logs of a class without a fixed one
   */
  constructor(
    base: string,
    options: { readonly name?: string },
    shared: KindsOf<{ readonly name?: string }>,
    nameOf: (className: string) => string,
  ) {
    super();
    const { className, ownOptions, defaults, logName } = new.target;
    const kind = className === base ? new.target.name : className;
    checkOptions(`${kind}()`, options, { ...ownOptions, ...shared });
    this.name = options.name ?? logName ?? nameOf(kind);
    for (const [option, fallback] of Object.entries(defaults)) {
      const given = Reflect.get(options, option);
      Reflect.set(this, option, given === undefined ? fallback : given);
    }
  }

  /** The options that make an equal object. */
  getConfig(): { [option: string]: unknown } {
    const own = Object.keys((this.constructor as typeof Configurable).defaults);
    return { name: this.name, ...Object.fromEntries(own.map((option) => [option, Reflect.get(this, option)])) };
  }
}

/** Makes a subclass of `base` with static members of its own. */
export function subclass<B extends abstract new (...args: never[]) => Configurable>(
  base: B,
  statics: Partial<Omit<B, "prototype">> & { readonly className: string },
): B {
  const Base = base as unknown as new () => object;
  const made = class extends Base {};
  Object.defineProperty(made, "name", { value: statics.className });
  return Object.assign(made, statics) as unknown as B;
}
