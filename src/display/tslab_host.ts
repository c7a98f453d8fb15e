import { dirname, join } from "node:path";
import { type MimeBundle, type NotebookHost, notebookHost } from "./host";

type Tslab = typeof import("tslab");
type TslabDisplay = Tslab["display"];

/** The part of its protocol module that tells cells apart: a function of the cell that runs. */
interface TslabProtocol {
  readonly lastWriteDisplayData: unknown;
}

/** How tslab sends each type, the richest first: it sends one of a bundle. */
const senders: readonly [type: string, send: (display: TslabDisplay, text: string) => void][] = [
  ["image/png", (display, text) => display.png(Buffer.from(text, "base64"))],
  ["image/svg+xml", (display, text) => display.svg(text)],
  ["text/html", (display, text) => display.html(text)],
  ["text/markdown", (display, text) => display.markdown(text)],
  ["text/plain", (display, text) => display.text(text)],
];

function show(display: TslabDisplay, bundle: MimeBundle): void {
  const chart = Object.keys(bundle).find((type) => /^application\/vnd\..*\+json$/.test(type));
  // A chart must arrive as an object; tslab's raw() passes on any value.
  const known = senders.find(([type]) => bundle[type] !== undefined);
  if (chart !== undefined) display.raw(chart, bundle[chart] as string);
  else if (known) known[1](display, String(bundle[known[0]]));
  else {
    const [type, value] = Object.entries(bundle)[0] ?? ["text/plain", ""];
    display.raw(type, typeof value === "string" ? value : JSON.stringify(value));
  }
}

/**
 * A host made of the API of a stock tslab kernel, if this process is one. The API must be the kernel's own copy, which has
 * the connection: the one beside the protocol module that the kernel has loaded.
 */
function tslabHost(): NotebookHost | undefined {
  const path = Object.keys(require.cache).find((path) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path));
  if (path === undefined) return undefined;
  const protocol = require(path) as TslabProtocol;
  const tslab = require(join(dirname(path), "public.js")) as Tslab;
  const displays = new Map<string, TslabDisplay>();
  let cell: unknown;
  let { signal } = new AbortController();
  return {
    name: "tslab",
    live: true,
    /** Never aborted, because tslab interrupts by ending its process; but a new one for each cell. */
    get signal() {
      if (cell !== protocol.lastWriteDisplayData) ({ signal } = new AbortController());
      cell = protocol.lastWriteDisplayData;
      return signal;
    },
    display(bundle, { displayId } = {}) {
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
  if (published === undefined) tslab ??= tslabHost();
  return published ?? tslab;
}
