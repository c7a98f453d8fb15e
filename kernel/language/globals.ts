/// <reference types="node" preserve="true" />
/**
 * What every cell has without an import. Only the types are here: the evaluator puts the values on `globalThis`.
 * This is a module so that the build makes a `.d.ts` of it, which the type service reads.
 */

declare global {
  /**
   * Shows a value below the cell, as its last expression would be shown.
   *
   * @param value Anything: a tensor, a figure, a table, an object with `[Symbol.for("Jupyter.display")]`, or a MIME
   * bundle.
   * @param options `displayId` names the display (default: a new name). With `update`, what is shown under that name is
   * replaced instead of a display added (default false). `raw` says whether the value is a MIME bundle
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

  /** A display that can be updated in place. */
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
   * @param prompt The text before the field. Default `""`.
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
   * Asks the reader for a line of text and waits for it, as in a browser: nothing else in the kernel runs until then, not even
   * a timer. The stop button ends it.
   *
   * @param message The text before the field. Default `""`.
   * @param initial What an empty answer means; it is shown in brackets after the message. Default `""`.
   * @throws Error if the front end has nobody to answer.
   *
   * @example
   * ```ts
   * const epochs = Number(prompt("How many epochs?", "5"));
   * ```
   */
  function prompt(message?: string, initial?: string): string;

  /**
   * Asks the reader a question and waits for the answer, as {@link prompt} does: true for `y` or `yes`, else false.
   *
   * @example
   * ```ts
   * if (confirm("Train for an hour?")) console.log("Here we go.");
   * ```
   */
  function confirm(message?: string): boolean;

  /**
   * Channels of messages between the kernel and a widget of the front end.
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
    /** Sets what happens when the front end opens a comm for `target`; a later handler replaces an earlier one. */
    register(target: string, handler: (comm: NotebookComm, message: NotebookCommMessage) => unknown): void;
    /** Opens a comm to a target that the front end knows. Default of `data`: `{}`. */
    open(target: string, data?: Readonly<Record<string, unknown>>, extras?: NotebookCommExtras): NotebookComm;
  };

  /** A channel of messages, open until one side closes it. */
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

  /**
   * Makes a widget: some JavaScript in the page, and a state that it shares with the cells. Show it as a cell's last
   * expression or with `display`; JupyterLab needs the Python package anywidget for it, which `npm start` installs. It also
   * works while a cell runs: what the reader does in the page arrives at the next `await` (in `fit` about twenty times a second).
   *
   * @param definition `esm`: the text of an ES module for anywidget, whose default export has `render({ model, el })`; there
   * `model.get`, `model.set` with `model.save_changes`, `model.on("change:name", …)` and `model.send`. `css`: styles. Default
   * none. `state`: names and values, JSON and bytes (a `DataView` in the page, a `Uint8Array` when they are sent back). Default
   * `{}`.
   * @returns The widget; each name of the state is a property of it. Assigning one changes it in the page too; what is
   * changed inside an array or object is not noticed.
   * @throws Error if `esm` is no module, or if a name of the state is one that every widget has.
   *
   * @example
   * ```ts
   * const button = widget({
   *   esm: `export default {
   *     render({ model, el }) {
   *       const button = document.createElement("button");
   *       button.textContent = "count";
   *       button.onclick = () => { model.set("clicks", model.get("clicks") + 1); model.save_changes(); };
   *       el.append(button);
   *     },
   *   };`,
   *   state: { clicks: 0 },
   * });
   * button.observe((change) => console.log("clicked", change.new), "clicks");
   * button;
   * ```
   * @see https://anywidget.dev/en/afm/
   */
  function widget<S extends object>(definition: {
    readonly esm: string;
    readonly css?: string;
    readonly state?: S;
  }): NotebookWidget<S>;

  /**
   * A widget with one number: a slider.
   *
   * @param options `min` and `max`: its ends. `value`: its first value; default `min`. `label`: the text before it;
   * default nothing. `scale`: `"log"` for numbers of many sizes, such as learning rates; default `"linear"`. `step`: the
   * smallest change, in powers of ten on a logarithmic scale; default a hundredth of the range.
   * @returns A widget whose `value` is the number.
   * @throws Error if `min` is not less than `max`, if the value is outside, or if a logarithmic scale reaches 0.
   *
   * @example
   * ```ts
   * const rate = slider({ label: "learning rate", min: 1e-4, max: 1, value: 0.01, scale: "log" });
   * rate.observe(({ new: value }) => console.log(value), "value");
   * rate;
   * ```
   */
  function slider(options: NotebookSliderOptions): NotebookWidget<{ value: number }>;

  interface NotebookSliderOptions {
    readonly label?: string;
    readonly min: number;
    readonly max: number;
    readonly value?: number;
    readonly step?: number;
    readonly scale?: "linear" | "log";
  }

  /** A widget: its methods, and a property for each name of its state. */
  type NotebookWidget<S> = NotebookWidgetMethods<S> & { -readonly [K in keyof S]: S[K] };

  interface NotebookWidgetMethods<S> {
    /** The widget's name in the page. */
    readonly modelId: string;
    /** Calls a function whenever a name of the state gets another value. Default: any name. */
    observe<K extends keyof S>(handler: (change: NotebookWidgetChange<S[K]>) => unknown, name?: K): void;
    /** Sends a message of its own to the page: `model.on("msg:custom", …)`. Default of `buffers`: none. */
    send(content: unknown, buffers?: readonly Uint8Array[]): void;
    /** Calls a function for each `model.send(content, callbacks, buffers)` of the page. */
    onMsg(handler: (content: unknown, buffers: readonly Uint8Array[]) => unknown): void;
    /** Takes the widget out of the page. */
    close(): void;
  }

  /** One change of a widget's state. */
  interface NotebookWidgetChange<V> {
    readonly name: string;
    readonly old: V;
    readonly new: V;
  }
}

export {};
