import { CallableInstance } from "../callable_instance";
import type { Kinds, KindsOf } from "../options/kinds";
import { checkTable } from "../options/options";

/**
 * Base of the Keras objects that are functions and can be made again from their config: initializers, constraints,
 * regularizers and learning rate schedules.
 */
export abstract class ConfigurableFunction extends CallableInstance {
  static readonly className: string;
  #fields: readonly string[] = [];

  /** Checks the options and assigns each, or its default, to the field of that name. The fields are the config. */
  protected configure<O extends object>(options: O, kinds: KindsOf<O>, defaults: Partial<O>): void {
    const { className } = this.constructor as typeof ConfigurableFunction;
    checkTable(`${className}()`, options, kinds as Kinds);
    this.#fields = Object.keys(kinds);
    const values = this.#fields.map((name) => [name, options[name as keyof O] ?? defaults[name as keyof O]]);
    Object.assign(this, Object.fromEntries(values));
  }

  /** The options that make an equal object. */
  getConfig(): { [option: string]: unknown } {
    const fields = this as unknown as { readonly [name: string]: unknown };
    return Object.fromEntries(this.#fields.map((name) => [name, fields[name]]));
  }
}
