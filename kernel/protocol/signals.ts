/** The flag (in `Worker`'s `execArgv`) that gives the worker Node's own modules. */
export const exposeInternals = "--expose-internals";

interface Signal {
  onsignal: () => void;
  start(signal: number): number;
  unref(): void;
}

/**
 * Calls back for each signal of a kind, also while the main thread computes. Node delivers signals to the main thread's event
 * loop only, although libuv can wake any thread's, so this uses Node's own wrapper of libuv. Returns false if Node has changed
 * that: then only the main thread's listener is left, which is called between turns of its event loop.
 */
export function onSignal(number: number, callback: () => void): boolean {
  // Node warns about its internal modules.
  process.removeAllListeners("warning");
  try {
    const { internalBinding } = require("internal/test/binding");
    const { Signal } = internalBinding("signal_wrap") as { Signal: new () => Signal };
    const signal = new Signal();
    signal.unref();
    signal.onsignal = callback;
    return signal.start(number) === 0;
  } catch {
    return false;
  }
}
