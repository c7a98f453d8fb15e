import { AsyncLocalStorage } from "node:async_hooks";
import { Session } from "node:inspector";

type Methods = Record<PropertyKey, unknown>;

const { defineProperty } = Reflect;
const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as object;

/** What Node and the kernel call all the time. Without them the process ends, or waits forever. */
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

/** Restores those that a cell has replaced: must be called whenever control returns from a cell. */
export function restoreBuiltins(): void {
  // No `for … of`: a cell may have replaced the array iterator.
  for (let i = 0; i < vital.length; i++) {
    const { name, object, key, value } = vital[i]!;
    if (isOriginal(object, key, value)) continue;
    if (!defineProperty(object, key, { value, writable: true, configurable: true })) continue;
    restored += restored ? `, ${name}` : name;
  }
}

/** What to tell the reader about functions restored since the last call; "" for none. */
export function takeRestored(): string {
  if (!restored) return "";
  const text = `This cell replaced functions that Node and the kernel need, so they were restored: ${restored}\n`;
  restored = "";
  return text;
}

function isOriginal(object: Methods, key: string | symbol, value: unknown): boolean {
  try {
    return object[key] === value;
  } catch {
    return false;
  }
}
