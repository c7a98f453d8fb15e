/** Translates between what `import` returns and what `require` returns. */

type Exports = Record<string, unknown>;

/** A module has one namespace, no matter how often it is imported. */
const namespaces = new WeakMap<object, Exports>();

/** What `import * as` gives of a CommonJS module: its live properties, and `default`. */
export function toNamespace(exports: unknown): Exports {
  if (isObject(exports) && exports["__esModule"] === true) return exports;
  const known = isObject(exports) ? namespaces.get(exports) : undefined;
  if (known) return known;
  const namespace: Exports = Object.create(null);
  if (isObject(exports)) {
    link(namespace, exports);
    namespaces.set(exports, namespace);
  }
  Object.defineProperty(namespace, "default", { value: exports, enumerable: true, configurable: true });
  return namespace;
}

/** What compiled CommonJS expects of an ES module. */
export function toCommonJs(namespace: object): Exports {
  const exports: Exports = {};
  Object.defineProperty(exports, "__esModule", { value: true });
  link(exports, namespace as Exports);
  return exports;
}

function link(target: Exports, source: Exports): void {
  for (const name of Object.keys(source)) {
    // A getter: some exports load a module, or warn, when they are read.
    Object.defineProperty(target, name, { get: () => source[name], enumerable: true, configurable: true });
  }
}

function isObject(value: unknown): value is Exports {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
