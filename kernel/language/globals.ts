/// <reference types="node" preserve="true" />
/**
 * What every cell finds without importing it. Only the types are here: the evaluator puts the values on `globalThis`.
 * Written as a module so that the build makes a `.d.ts` of it, which the type service reads.
 */

declare global {
  /**
   * Shows a value below the cell, as its last expression would be shown.
   *
   * @param value Anything: a tensor, a figure, a table, or an object with `[Symbol.for("Jupyter.display")]`.
   * @param options `raw` takes the value for a MIME bundle, `{ "text/html": "<b>hi</b>" }`. With `displayId` and
   * `update` it replaces what was shown under that name before.
   *
   * @example
   * ```ts
   * display({ "text/html": "<b>bold</b>" }, { raw: true });
   * ```
   */
  function display(
    value: unknown,
    options?: { readonly raw?: boolean; readonly displayId?: string; readonly update?: boolean },
  ): Promise<void>;

  /** Empties the cell's output; with `wait`, only when the next output arrives. */
  function clearOutput(options?: { readonly wait?: boolean }): void;

  /**
   * Asks the reader for a line of text.
   *
   * @param prompt What stands before the field. Default `""`.
   * @param options `password` hides what is typed.
   */
  function input(prompt?: string, options?: { readonly password?: boolean }): Promise<string>;
}

export {};
