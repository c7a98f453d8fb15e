import { describe, lookUp } from "../options/options";
import { isSerialized, type Serialized } from "./serialization";

/** The classes of one kind of Keras object, such as the initializers, by the names that options accept. */
export class Registry<T extends object, Name extends string> {
  readonly #kind: string;
  readonly #expected: string;
  readonly #base: abstract new () => T;
  readonly #table: { readonly [name: string]: new (options?: Serialized["config"]) => T };

  /**
   * @param kind what the classes make: `"initializer"`
   * @param expected what {@link get} accepts, for its error
   * @param base the class of all; `call` is its only abstract method
   */
  constructor(
    kind: string,
    expected: string,
    base: abstract new () => T,
    table: { readonly [name in Name]: new (options?: never) => T },
  ) {
    this.#kind = kind;
    this.#expected = expected;
    this.#base = base;
    this.#table = table as { readonly [name: string]: new (options?: object) => T };
  }

  /** The object for a name, a serialized object, an object, or a function, which becomes the `call` of one. */
  get(identifier: unknown): T {
    if (identifier instanceof this.#base) return identifier;
    if (typeof identifier === "string") return new (lookUp(this.#kind, identifier, this.#table))();
    if (isSerialized(identifier)) {
      return new (lookUp(this.#kind, identifier.className, this.#table))(identifier.config);
    }
    if (typeof identifier === "function") {
      const made = new (this.#base as unknown as new () => T)();
      return Object.assign(made, { fn: identifier, call: identifier });
    }
    throw new TypeError(`Expected ${this.#expected}, but found ${describe(identifier)}.`);
  }
}

/** The names in a registry. */
export type NamesOf<R> = R extends Registry<infer _, infer Name> ? Name : never;
