/** A subclass that keeps its methods when a cell replaces its parent's. */
function safe<C extends new (...args: never[]) => object>(base: C): C {
  const own = Object.getOwnPropertyDescriptors(base.prototype);
  // @ts-expect-error TypeScript wants a constructor of any[] here.
  const child = class extends base {};
  delete (own as { constructor?: unknown }).constructor;
  Object.defineProperties(child.prototype, own);
  return child;
}

const { apply } = Reflect;
/** A method of strings as a function of the string. */
const ofText =
  <A extends unknown[], R>(method: (this: string, ...args: A) => R) =>
  (text: string, ...args: A): R =>
    apply(method, text, args);

/**
 * The built-in values that the kernel uses, taken before any cell runs (Node has the same word for its own copies). A cell's
 * `let process = 1` shadows the global for every module of the process, and `JSON.stringify = …` replaces the function.
 */
export const primordials = {
  slice: ofText(String.prototype.slice),
  startsWith: ofText(String.prototype.startsWith),
  includes: ofText(String.prototype.includes),
  split: ofText(String.prototype.split as (separator: string) => string[]),
  charCodeAt: ofText(String.prototype.charCodeAt),
  process,
  Promise,
  resolved: Promise.resolve.bind(Promise) as typeof Promise.resolve,
  rejected: Promise.reject.bind(Promise) as typeof Promise.reject,
  Error,
  setTimeout,
  clearTimeout,
  setImmediate,
  nextTick: process.nextTick.bind(process),
  Buffer: { from: Buffer.from },
  JSON: { parse: JSON.parse, stringify: JSON.stringify },
  Atomics: { load: Atomics.load, store: Atomics.store, add: Atomics.add, wait: Atomics.wait },
  Object: { entries: Object.entries, fromEntries: Object.fromEntries, keys: Object.keys },
  Symbol: { species: Symbol.species, asyncIterator: Symbol.asyncIterator } as const,
  String,
  Number,
  BigInt,
  Math: { min: Math.min, max: Math.max },
  Uint8Array,
  AggregateError,
  TypeError,
  Set: safe(Set),
  Map: safe(Map),
  globalThis,
  AbortController,
  now: performance.now.bind(performance),
};

export const exitProcess = process.exit.bind(process);
