// Where the general rule does not give Keras's spelling.
const exceptions: { readonly [option: string]: string } = { beta1: "beta_1", beta2: "beta_2" };

/** An option's name as Keras spells it: `useBias` → `use_bias`. */
export function toSnake(option: string): string {
  return exceptions[option] ?? option.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** An option's name as it is spelled here: `use_bias` → `useBias`. */
export function toCamel(option: string): string {
  return option.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
