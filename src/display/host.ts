/**
 * The contract between a notebook kernel and a library whose values show themselves: what a cell's value looks like
 * (a MIME bundle), how to draw while a cell runs, and how the stop button reaches a long computation.
 *
 * A kernel publishes a {@link NotebookHost} on `globalThis` under {@link hostSymbol}; a library looks it up when it
 * needs it and works without one. This file imports nothing, so both sides may depend on it.
 */

/** A value's representations by MIME type: `{ "text/plain": "…", "image/png": "<base64>" }`. JSON MIME types hold plain objects. */
export type MimeBundle = { readonly [mimeType: string]: unknown };

/** Deno's convention: a value with this method decides how a notebook shows it. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display") as never;

/** Where a kernel publishes its {@link NotebookHost}. */
export const hostSymbol: unique symbol = Symbol.for("Jupyter.host") as never;

/** A value that decides how a notebook shows it. */
export interface Displayable {
  [displaySymbol](): MimeBundle | Promise<MimeBundle>;
}

/** How a bundle is sent. */
export interface DisplayOptions {
  /** Names the display so that it can be updated in place. Default: a display that is never updated. */
  readonly displayId?: string;
  /** True replaces what the display with this `displayId` shows, wherever it is; false adds a new one. Default false. */
  readonly update?: boolean;
  /** Metadata by MIME type, e.g. `{ "image/png": { width: 280 } }`. Default `{}`. */
  readonly metadata?: { readonly [mimeType: string]: unknown };
}

/** What a kernel offers to the code that runs in its cells. */
export interface NotebookHost {
  /** The kernel's name: `"tskeras"`. */
  readonly name: string;
  /** True where a person watches: a front end that replaces displays in place (JupyterLab, VS Code). False under nbclient. */
  readonly live: boolean;
  /** Shows a bundle in the output of the cell that the calling code belongs to. */
  display(bundle: MimeBundle, options?: DisplayOptions): void;
  /** Empties the cell's output; with `wait`, only when the next output arrives. */
  clearOutput(options?: { readonly wait?: boolean }): void;
  /** Aborted, with a `KeyboardInterrupt` as its reason, when the user stops the running cell. A new one for each cell. */
  readonly signal: AbortSignal;
  /**
   * Runs work that ends by itself with its state whole: because it watches {@link signal} (`fit` at a step's end), or because
   * it is short (a picture). After an interrupt the kernel waits for its end, instead of terminating it at once.
   */
  cooperate<T>(work: () => Promise<T>): Promise<T>;
}

/** The kernel that runs this code, or undefined in plain Node and in kernels that publish none. */
export function notebookHost(): NotebookHost | undefined {
  return (globalThis as { [hostSymbol]?: NotebookHost })[hostSymbol];
}
