import { AsyncLocalStorage } from "node:async_hooks";
import { Session } from "node:inspector";

type Methods = Record<PropertyKey, unknown>;

const { defineProperty } = Reflect;
const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as object;

/** What Node and the kernel call at every turn. Without them the process ends, or waits for ever. */
const vital = [
  method("Array.prototype", Array.prototype, Symbol.iterator),
  method("ArrayIterator.prototype", arrayIterator, "next"),
  method("Array.prototype", Array.prototype, "pop"),
  method("Function.prototype", Function.prototype, "apply"),
  method("MessagePort.prototype", MessagePort.prototype, "postMessage"),
  method("Session.prototype", Session.prototype, "post"),
  ...["run", "enterWith", "getStore"].map((key) =>
    method("AsyncLocalStorage.prototype", AsyncLocalStorage.prototype, key),
  ),
];

function method(owner: string, object: object, key: string | symbol) {
  const name = typeof key === "symbol" ? `${owner}[${key.description}]` : `${owner}.${key}`;
  return { name, object: object as Methods, key, value: (object as Methods)[key] };
}

let restored = "";

/** Puts back what a cell has replaced of them: to be called whenever cells give way to others. */
export function restoreBuiltins(): void {
  // A cell may have replaced what `for … of` asks an array for.
  for (let i = 0; i < vital.length; i++) {
    const { name, object, key, value } = vital[i] as (typeof vital)[number];
    if (isThere(object, key, value)) continue;
    if (!defineProperty(object, key, { value, writable: true, configurable: true })) continue;
    restored += restored ? `, ${name}` : name;
  }
}

/** What to tell the reader of those that were put back since it was last called; "" for none. */
export function takeRestored(): string {
  if (!restored) return "";
  const text = `Put back, for neither Node nor the kernel goes on without it: ${restored}\n`;
  restored = "";
  return text;
}

function isThere(object: Methods, key: string | symbol, value: unknown): boolean {
  try {
    return object[key] === value;
  } catch {
    return false;
  }
}
