/** `"mean_squared_error"` in camel case: `"meanSquaredError"`. */
export type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** The ways a Keras name may be spelled: `"mean_squared_error"`, `"meanSquaredError"`, `"MeanSquaredError"`. */
export type Spelling<S extends string> = S | Camel<S> | Capitalize<Camel<S>>;
