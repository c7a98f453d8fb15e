/**
 * Thrown while a function is traced that does what a graph cannot express: reading a tensor's numbers, drawing random numbers
 * in JavaScript, or an operation without a compiled form. The caller runs the function eagerly instead.
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
