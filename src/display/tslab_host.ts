import { dirname, join } from "node:path";
import { type MimeBundle, type NotebookHost, notebookHost } from "./host";

/** The part of tslab's `Display` that is used here. */
interface TslabDisplay {
  html(text: string): void;
  text(text: string): void;
  png(bytes: Uint8Array): void;
  svg(text: string): void;
  markdown(text: string): void;
  raw(contentType: string, data: string | Uint8Array): void;
}

interface Tslab {
  readonly display: TslabDisplay;
  newDisplay(): TslabDisplay;
}

/** The part of its protocol module that tells cells apart: a function of the cell that runs. */
interface TslabProtocol {
  readonly lastWriteDisplayData: unknown;
}

/**
 * tslab's API, if this process is one of its kernels. It must be the kernel's own copy, which knows the connection: the
 * one beside the protocol module that the kernel has loaded.
 */
function runningTslab(): { api: Tslab; protocol: TslabProtocol } | undefined {
  const path = Object.keys(require.cache).find((path) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path));
  if (path === undefined) return undefined;
  return { api: require(join(dirname(path), "public.js")) as Tslab, protocol: require(path) as TslabProtocol };
}

function show(display: TslabDisplay, bundle: MimeBundle): void {
  // tslab sends one type at a time: the richest one it can.
  const chart = Object.keys(bundle).find((type) => /^application\/vnd\..*\+json$/.test(type));
  // Its raw() hands on whatever it is given, and a chart has to arrive as an object.
  if (chart !== undefined) {
    display.raw(chart, bundle[chart] as string);
    return;
  }
  const types: [string, (value: unknown) => void][] = [
    ["image/png", (value) => display.png(Buffer.from(String(value), "base64"))],
    ["image/svg+xml", (value) => display.svg(String(value))],
    ["text/html", (value) => display.html(String(value))],
    ["text/markdown", (value) => display.markdown(String(value))],
    ["text/plain", (value) => display.text(String(value))],
  ];
  for (const [type, send] of types) {
    if (bundle[type] === undefined) continue;
    send(bundle[type]);
    return;
  }
  const [type, value] = Object.entries(bundle)[0] ?? ["text/plain", ""];
  display.raw(type, typeof value === "string" ? value : JSON.stringify(value));
}

/** A host made of the API of a stock tslab kernel. */
function tslabHost(tslab: Tslab, protocol: TslabProtocol): NotebookHost {
  const displays = new Map<string, TslabDisplay>();
  let cell: unknown;
  let { signal } = new AbortController();
  return {
    name: "tslab",
    live: true,
    /** tslab interrupts by ending its process: there is nothing to listen to. But each cell has one of its own. */
    get signal() {
      if (cell !== protocol.lastWriteDisplayData) ({ signal } = new AbortController());
      cell = protocol.lastWriteDisplayData;
      return signal;
    },
    display(bundle, options = {}) {
      const { displayId } = options;
      if (displayId === undefined) return show(tslab.display, bundle);
      const display = displays.get(displayId) ?? tslab.newDisplay();
      displays.set(displayId, display);
      show(display, bundle);
    },
    clearOutput() {},
    cooperate: (work) => work(),
  };
}

let tslab: NotebookHost | undefined;

/** The notebook this code runs in: one that publishes itself, else a stock tslab kernel, else undefined. */
export function currentHost(): NotebookHost | undefined {
  const published = notebookHost();
  if (published !== undefined) return published;
  if (tslab === undefined) {
    const running = runningTslab();
    if (running !== undefined) tslab = tslabHost(running.api, running.protocol);
  }
  return tslab;
}
