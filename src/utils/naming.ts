/** `"mean_squared_error"` in camel case: `"meanSquaredError"`. */
export type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** The ways a Keras name may be spelled: `"mean_squared_error"`, `"meanSquaredError"`, `"MeanSquaredError"`. */
export type Spelling<S extends string> = S | Camel<S> | Capitalize<Camel<S>>;

const uses = new Map<string, number>();

/** A class name as Keras names its instances: `MaxPooling2D` → `max_pooling2d`. */
export function toSnakeCase(className: string): string {
  return className
    .replaceAll(/[^\p{L}\p{N}_]+/gu, "")
    .replaceAll(/(.)(\p{Lu}\p{Ll}+)/gu, "$1_$2")
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1_$2")
    .toLowerCase();
}

/** The next automatic name of a session: `dense`, `dense_1`, `dense_2` … (Keras's `auto_name`). */
export function autoName(className: string): string {
  const prefix = toSnakeCase(className);
  const count = uses.get(prefix) ?? 0;
  uses.set(prefix, count + 1);
  return count === 0 ? prefix : `${prefix}_${count}`;
}

/** Resets the automatic names. */
export function resetNames(): void {
  uses.clear();
}
