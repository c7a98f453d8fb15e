/**
 * Raised while a function is traced, when it does something that a graph cannot hold: reading a tensor's numbers, drawing
 * random numbers in JavaScript, or an operation without a compiled form. The caller runs the function eagerly instead.
 */
export class NotCompilable extends Error {
  override readonly name = "NotCompilable";

  /** @param operation The kernel or method at fault, for statistics. */
  constructor(
    readonly operation: string,
    message: string,
  ) {
    super(message);
  }
}
