import { AsyncResource } from "node:async_hooks";
import { displaySymbol, type MimeBundle } from "../../../src/display/host";
import { primordials } from "../guards/primordials";
import { partBuffers, putBuffers } from "./buffers";
import type { Comms } from "./comms";
import { sliderDefinition } from "./slider";

type State = Record<string, unknown>;
type Definition = { readonly esm: string; readonly css?: string; readonly state?: object };
type ChangeHandler = (change: NotebookWidgetChange<unknown>) => unknown;
type MessageHandler = (content: unknown, buffers: readonly Uint8Array[]) => unknown;

/** @see https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md */
const metadata = { version: "2.1.0" };

/**
 * anywidget's model and view, which run the ES module in their state.
 *
 * @see https://anywidget.dev
 */
const anywidget = {
  _model_module: "anywidget",
  _model_name: "AnyModel",
  _model_module_version: "*",
  _view_module: "anywidget",
  _view_name: "AnyView",
  _view_module_version: "*",
  _view_count: null,
  _dom_classes: [],
  _anywidget_id: "tskeras.widget",
  layout: null,
  tabbable: null,
  tooltip: null,
};

export class Widgets {
  readonly #comms: Comms;
  readonly #open = new Map<string, Widget>();

  constructor(comms: Comms) {
    this.#comms = comms;
    // A page that was reloaded asks for all of them.
    comms.register("jupyter.widget.control", (control) => {
      control.onMessage = ({ data }) => {
        if (data["method"] !== "request_states") return;
        const states = Object.fromEntries([...this.#open].map(([id, { description }]) => [id, description]));
        const { json, buffer_paths, buffers } = partBuffers(states);
        control.send({ method: "update_states", states: json, buffer_paths }, { buffers });
      };
    });
  }

  readonly widget = <S extends object>(definition: Definition & { readonly state?: S }): NotebookWidget<S> => {
    check(definition);
    const { esm, css = "", state = {} } = definition;
    const all: State = { ...anywidget, _esm: esm, _css: css, ...state };
    const { json, buffer_paths, buffers } = partBuffers(all);
    const comm = this.#comms.open("jupyter.widget", { state: json, buffer_paths }, { metadata, buffers });
    const widget = new Widget(comm, all, Object.keys(state), () => this.#open.delete(comm.id));
    this.#open.set(comm.id, widget);
    return widget as unknown as NotebookWidget<S>;
  };

  readonly slider = (options: NotebookSliderOptions): NotebookWidget<{ value: number }> =>
    this.widget(sliderDefinition(options));
}

/** One model in the front end, however many views it has. */
class Widget {
  readonly #comm: NotebookComm;
  readonly #state: State;
  readonly #names: readonly string[];
  readonly #observers: { readonly name: string | undefined; readonly call: ChangeHandler }[] = [];
  readonly #listeners: MessageHandler[] = [];
  #forget: (() => void) | undefined;

  constructor(comm: NotebookComm, state: State, names: readonly string[], forget: () => void) {
    this.#comm = comm;
    this.#state = state;
    this.#names = names;
    this.#forget = forget;
    comm.onMessage = (message) => this.#receive(message);
    comm.onClose = () => this.#closed();
    for (const name of names) {
      Object.defineProperty(this, name, {
        enumerable: true,
        get: () => state[name],
        set: (value: unknown) => {
          if (Object.is(state[name], value)) return;
          this.#post("update", { [name]: value });
          this.#change({ [name]: value });
        },
      });
    }
  }

  get modelId(): string {
    return this.#comm.id;
  }

  /** What the control comm sends. */
  get description(): object {
    const { _model_name, _model_module, _model_module_version } = this.#state;
    return {
      model_name: _model_name,
      model_module: _model_module,
      model_module_version: _model_module_version,
      state: this.#state,
    };
  }

  observe(handler: ChangeHandler, name?: string): void {
    this.#observers.push({ name, call: asOwn(handler) });
  }

  send(content: unknown, buffers: readonly Uint8Array[] = []): void {
    if (this.#forget) this.#comm.send({ method: "custom", content }, { buffers });
  }

  onMsg(handler: MessageHandler): void {
    this.#listeners.push(asOwn(handler));
  }

  close(): void {
    if (this.#forget) this.#comm.close();
    this.#closed();
  }

  [displaySymbol](): MimeBundle {
    const state = Object.fromEntries(this.#names.map((name) => [name, this.#state[name]]));
    return {
      "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: this.modelId },
      "text/plain": `widget ${primordials.JSON.stringify(partBuffers(state).json)}`,
    };
  }

  #receive({ data, buffers }: NotebookCommMessage): void {
    if (data["method"] === "request_state") this.#post("update", this.#state);
    else if (data["method"] === "custom") for (const call of this.#listeners) call(data["content"], buffers);
    else if (data["method"] === "update") {
      const paths = (data["buffer_paths"] ?? []) as (string | number)[][];
      const state = putBuffers({ ...(data["state"] as State) }, paths, buffers);
      // Updates the other pages that show the widget.
      this.#post("echo_update", state);
      this.#change(state);
    }
  }

  #change(next: State): void {
    const before = { ...this.#state };
    Object.assign(this.#state, next);
    for (const name of this.#names) {
      if (!(name in next) || Object.is(before[name], next[name])) continue;
      const change = { name, old: before[name], new: next[name] };
      for (const { name: wanted, call } of this.#observers) if (wanted === undefined || wanted === name) call(change);
    }
  }

  #post(method: "update" | "echo_update", changed: State): void {
    if (!this.#forget) return;
    const { json, buffer_paths, buffers } = partBuffers(changed);
    this.#comm.send({ method, state: json, buffer_paths }, { buffers });
  }

  #closed(): void {
    this.#forget?.();
    this.#forget = undefined;
  }
}

/** What a handler prints or throws is shown in the cell that added it, whichever cell runs then. */
function asOwn<A extends unknown[]>(handler: (...args: A) => unknown): (...args: A) => unknown {
  return AsyncResource.bind(async (...args: A) => void (await handler(...args)));
}

function check(definition: Definition): void {
  const fail = (expected: string, found: string): never => {
    throw new primordials.Error(`widget() expected ${expected} but found ${found}.`);
  };
  const { esm, state = {}, ...others } = definition ?? {};
  if (typeof esm !== "string" || !/\bexport\b/.test(esm)) {
    const found = typeof esm === "string" ? "a text without an export" : typeof esm;
    fail('esm, the text of an ES module such as "export default { render({ model, el }) { … } }",', found);
  }
  const unknown = Object.keys(others).find((name) => name !== "css");
  if (unknown !== undefined) fail("only esm, css and state", `"${unknown}": names of your own belong into state`);
  const taken = Object.keys(state).find(
    (name) => name in Widget.prototype || name in anywidget || name.startsWith("_"),
  );
  if (taken !== undefined) fail("a state with names of its own", `"${taken}", which every widget has: choose another`);
}
