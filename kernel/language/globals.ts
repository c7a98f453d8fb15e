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
   * @param options `displayId` names the display (default: a new name). With `update`, what is shown under that name is
   * replaced instead of a display added (default false). `raw` says whether the value is a MIME bundle as it stands
   * (default: true for an object whose every key is a MIME type). `metadata` goes along, by MIME type.
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
      readonly update?: boolean;
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

  /**
   * Lines of messages between the kernel and a widget of the front end.
   *
   * @example
   * ```ts
   * comms.register("counter", (comm) => {
   *   comm.onMessage = ({ data }) => comm.send({ next: Number(data["count"]) + 1 });
   * });
   * ```
   * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
   */
  const comms: {
    /** What happens when the front end opens a comm for `target`; a later handler takes the place of an earlier one. */
    register(target: string, handler: (comm: NotebookComm, message: NotebookCommMessage) => unknown): void;
    /** Opens a comm to a target that the front end knows. Default of `data`: `{}`. */
    open(target: string, data?: Readonly<Record<string, unknown>>, extras?: NotebookCommExtras): NotebookComm;
  };

  /** One line of messages, open until one side closes it. */
  interface NotebookComm {
    readonly id: string;
    readonly target: string;
    /** Called for every message of the front end. */
    onMessage: ((message: NotebookCommMessage) => unknown) | undefined;
    /** Called when the front end closes the comm. */
    onClose: ((message: NotebookCommMessage) => unknown) | undefined;
    send(data: Readonly<Record<string, unknown>>, extras?: NotebookCommExtras): void;
    close(data?: Readonly<Record<string, unknown>>, extras?: NotebookCommExtras): void;
  }

  /** A message that came in. */
  interface NotebookCommMessage {
    readonly data: Readonly<Record<string, unknown>>;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly buffers: readonly Uint8Array[];
  }

  /** What travels with a comm message besides its data. */
  interface NotebookCommExtras {
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly buffers?: readonly Uint8Array[];
  }
}

export {};
