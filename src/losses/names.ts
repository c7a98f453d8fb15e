/** Keras's abbreviations of names of losses and metrics. They may be written in capitals as well. */
export const abbreviations = {
  bce: "binary_crossentropy",
  kld: "kl_divergence",
  mse: "mean_squared_error",
  mae: "mean_absolute_error",
  mape: "mean_absolute_percentage_error",
  msle: "mean_squared_logarithmic_error",
} as const;

/** An abbreviation, or a name of which `Spelling` does not give every form. */
export type ShortName = keyof typeof abbreviations | Uppercase<keyof typeof abbreviations> | "KLDivergence";
