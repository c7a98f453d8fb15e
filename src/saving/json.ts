/** An object as Keras writes it in `config.json`. */
export interface KerasObject {
  readonly module: string | null;
  readonly class_name: string;
  readonly config: unknown;
  readonly registered_name: string | null;
  readonly build_config?: { readonly input_shape: unknown };
  readonly compile_config?: { readonly [option: string]: unknown };
}

/** A configuration with options spelled as Keras does. */
export type KerasConfig = { readonly [option: string]: unknown };

/** Whether a value stands for an object. */
export function isKerasObject(value: unknown): value is KerasObject {
  return typeof value === "object" && value !== null && "class_name" in value && "config" in value;
}

/** An object of one of Keras's own classes. */
export function builtIn(module: string, className: string, config: unknown): KerasObject {
  return { module, class_name: className, config, registered_name: null };
}

/** An object of a reader's class, or a reader's function: found again by its name. */
export function custom(className: string, config: unknown, name: string): KerasObject {
  return { module: "builtins", class_name: className, config, registered_name: name };
}
