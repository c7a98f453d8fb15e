/** An object as plain data: Keras's name of its class, and the options that make an equal one. */
export interface Serialized {
  readonly className: string;
  readonly config: { readonly [option: string]: unknown };
}

interface Configurable {
  getConfig(): { [option: string]: unknown };
  /** The function that an object wraps. */
  readonly fn?: unknown;
}

/** The plain form of an object; null for null, and the function itself for an object that wraps a user's function. */
export function serialize(object: Configurable | null): unknown {
  if (object === null) return null;
  if (typeof object.fn === "function") return object.fn;
  const { className } = object.constructor as { readonly className?: string };
  return { className: className ?? object.constructor.name, config: object.getConfig() };
}

/** Whether `value` came from {@link serialize}. */
export function isSerialized(value: unknown): value is Serialized {
  return typeof value === "object" && value !== null && "className" in value && "config" in value;
}
