/**
 * What the kernel needs of the global scope, taken before any cell runs: a cell's `let process = 1` shadows the global
 * for every module of the process.
 */
export const natives = {
  process,
  Buffer,
  Promise,
  Error,
  setTimeout,
  clearTimeout,
  setImmediate,
  JSON,
  Atomics,
  globalThis,
  AbortController,
  performance,
};

export const exitProcess = process.exit.bind(process);
