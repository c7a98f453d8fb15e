/** Why the worker has Node's own parts: `Worker`'s `execArgv`. */
export const exposeInternals = "--expose-internals";

interface Signal {
  onsignal: () => void;
  start(signal: number): number;
  unref(): void;
}

/**
 * Calls back for each signal of a kind, also while the main thread computes. Node hands signals to the main thread's event
 * loop only, though libuv can wake any thread's, so this asks libuv through Node's own wrapper. False where that has changed:
 * the main thread's listener is left, which hears between turns of the event loop.
 */
export function onSignal(number: number, heard: () => void): boolean {
  // Node warns that nobody should use this.
  process.removeAllListeners("warning");
  try {
    const { internalBinding } = require("internal/test/binding");
    const { Signal } = internalBinding("signal_wrap") as { Signal: new () => Signal };
    const signal = new Signal();
    signal.unref();
    signal.onsignal = heard;
    return signal.start(number) === 0;
  } catch {
    return false;
  }
}
