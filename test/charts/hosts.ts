import { type DisplayOptions, hostSymbol, type MimeBundle, type NotebookHost } from "../../src/display/host";

/** What a cell was sent. */
export interface Sent {
  readonly bundle: MimeBundle;
  readonly options: DisplayOptions;
}

/** Publishes a host as a kernel does, runs the work in it, and tells what was displayed; `whileSending` is what that takes. */
export async function inNotebook(live: boolean, work: () => unknown, whileSending?: () => void): Promise<Sent[]> {
  const sent: Sent[] = [];
  const host: NotebookHost = {
    name: "test",
    live,
    display(bundle, options = {}) {
      sent.push({ bundle: structuredClone(bundle), options });
      whileSending?.();
    },
    clearOutput() {},
    signal: new AbortController().signal,
    cooperate: (run) => run(),
  };
  const scope = globalThis as { [hostSymbol]?: NotebookHost };
  scope[hostSymbol] = host;
  try {
    await work();
  } finally {
    delete scope[hostSymbol];
  }
  return sent;
}
