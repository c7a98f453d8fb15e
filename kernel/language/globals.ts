/// <reference types="node" preserve="true" />
/**
 * What every cell finds without importing it. Only the types are here: the evaluator puts the values on `globalThis`.
 * Written as a module so that the build makes a `.d.ts` of it, which the type service reads.
 */

declare global {
  /**
   * Shows a value below the cell, as its last expression would be shown.
   *
   * @param value Anything: a tensor, a figure, a table, an object with `[Symbol.for("Jupyter.display")]`, or a MIME
   * bundle.
   * @param options `displayId` names the display (default: a new name). `raw` says whether the value is a MIME bundle
   * as it stands (default: true for an object whose every key is a MIME type).
   * @returns A handle, whose `update` replaces what is shown in its place.
   *
   * @example
   * ```ts
   * const shown = await display({ "text/html": "<b>one</b>" });
   * await shown.update({ "text/html": "<b>two</b>" });
   * ```
   */
  function display(
    value: unknown,
    options?: {
      readonly displayId?: string;
      readonly raw?: boolean;
      readonly metadata?: { readonly [mimeType: string]: unknown };
    },
  ): Promise<NotebookDisplay>;

  /** A display that can be shown anew in its place. */
  interface NotebookDisplay {
    readonly displayId: string;
    /** Replaces what is shown, wherever it is. */
    update(value: unknown): Promise<NotebookDisplay>;
  }

  /** Empties the cell's output; with `wait`, only when the next output arrives. Default: at once. */
  function clearOutput(options?: { readonly wait?: boolean }): void;

  /**
   * Asks the reader for a line of text.
   *
   * @param prompt What stands before the field. Default `""`.
   * @param options `password` hides what is typed. Default false.
   * @throws Error if the front end has nobody to answer.
   *
   * @example
   * ```ts
   * const name = await input("Your name: ");
   * ```
   */
  function input(prompt?: string, options?: { readonly password?: boolean }): Promise<string>;
}

export {};
