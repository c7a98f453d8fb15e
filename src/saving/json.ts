import type * as tf from "@tensorflow/tfjs-core";

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

/** Whether a value describes an object. */
export function isKerasObject(value: unknown): value is KerasObject {
  return typeof value === "object" && value !== null && "class_name" in value && "config" in value;
}

/** Whether an object is an array of numbers. */
export const isStoredTensor = (
  object: KerasObject,
): object is KerasObject & { readonly config: { readonly value: tf.TensorLike; readonly dtype: string } } =>
  object.class_name === "__numpy__" || object.class_name === "__tensor__";

/** An object of one of Keras's own classes. */
export function builtIn(module: string, className: string, config: unknown): KerasObject {
  return { module, class_name: className, config, registered_name: null };
}

/** An object of a user's class, or a user's function, which loading finds by its name. */
export function custom(className: string, config: unknown, name: string): KerasObject {
  return { module: "builtins", class_name: className, config, registered_name: name };
}

/** Options that Python writes as floats, and some of which it takes only so: `0.0`, where JavaScript writes `0`. */
const floats = new Set(
  `learning_rate initial_learning_rate end_learning_rate decay_rate power momentum rho beta beta_1 beta_2 epsilon weight_decay
  clipnorm clipvalue global_clipnorm ema_momentum threshold alpha gamma delta label_smoothing l1 l2 gain stddev minval maxval
  rate dropout recurrent_dropout negative_slope`.split(/\s+/),
);

/** Plain data as the text of a JSON file that Python reads with the same types. */
export function writeJson(data: unknown): string {
  // From 1e21 on JavaScript writes an exponent, which Python reads as a float as it is.
  const readAsInt = (value: unknown) => typeof value === "number" && /^-?\d+$/.test(String(value));
  const marked = (key: string, value: unknown) => (floats.has(key) && readAsInt(value) ? `\u0000${value}` : value);
  return JSON.stringify(data, marked).replaceAll(/"\\u0000(-?\d+)"/g, "$1.0");
}
