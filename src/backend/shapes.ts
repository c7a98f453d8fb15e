/** How many values a shape holds; unknown sizes, null, count as one. */
export const sizeFromShape = (shape: readonly (number | null)[]): number =>
  shape.reduce<number>((size, length) => size * (length ?? 1), 1);
