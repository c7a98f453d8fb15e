import type { Runtime } from "node:inspector";
import type { Session } from "node:inspector/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { inspectionSymbol } from "../bridge";

const page = 100;

/** The values that a front end may ask for: V8's handles by the numbers that the Debug Adapter Protocol uses. */
export class Variables {
  static readonly group = "tskeras.debugger";
  readonly #session: Session;
  readonly #objects: (readonly string[])[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Forgets all values, so that V8 can free them. */
  async clear(): Promise<void> {
    this.#objects.length = 0;
    await this.#session.post("Runtime.releaseObjectGroup", { objectGroup: Variables.group });
  }

  /** The number under which {@link children} finds an object, or scopes from the inner to the outer. */
  reference(...objectIds: string[]): number {
    return this.#objects.push(objectIds);
  }

  /** JupyterLab shows the value itself only where no type is given, or Python's `int` or `str`. */
  async describe(name: string, value: Runtime.RemoteObject): Promise<DebugProtocol.Variable> {
    const { objectId, type } = value;
    const variablesReference = objectId && type !== "symbol" ? this.reference(objectId) : 0;
    return { name, value: await this.#text(value), variablesReference, evaluateName: name };
  }

  /** The variables of an object or of several scopes. */
  async children(reference: number): Promise<DebugProtocol.Variable[]> {
    const objectIds = this.#objects[reference - 1];
    if (!objectIds) throw new Error("This value is of an earlier stop: run to a breakpoint again");
    const variables = new Map<string, DebugProtocol.Variable>();
    for (const objectId of objectIds) {
      for (const variable of await this.#parts(objectId)) {
        if (!variables.has(variable.name)) variables.set(variable.name, variable);
      }
    }
    return [...variables.values()];
  }

  async #parts(objectId: string): Promise<DebugProtocol.Variable[]> {
    const list = await this.#firstElements(objectId);
    const properties = await this.#properties(list?.objectId ?? objectId);
    const shown = properties.filter(({ name, enumerable }) => !name.startsWith(".") && (!list || enumerable));
    const variables: DebugProtocol.Variable[] = [];
    for (const { name, value } of shown) if (value) variables.push(await this.describe(name, value));
    if (list && list.length > page) {
      variables.push({ name: "…", value: `${list.length - page} more`, variablesReference: 0 });
    }
    return variables;
  }

  async #properties(objectId: string): Promise<Runtime.PropertyDescriptor[]> {
    const answer = await this.#session.post("Runtime.getProperties", { objectId, ownProperties: true });
    const entries = answer.internalProperties?.filter(({ name }) => name === "[[Entries]]") ?? [];
    const inner = entries.map((entry) => ({ ...entry, configurable: false, enumerable: true }));
    return [...answer.result, ...inner];
  }

  /** An array's first elements: a million would take too long. Undefined for other objects. */
  async #firstElements(objectId: string): Promise<{ objectId: string; length: number } | undefined> {
    const isArray = "Array.isArray(this) || (ArrayBuffer.isView(this) && !(this instanceof DataView))";
    const length = await this.#call(objectId, `function () { return ${isArray} ? this.length : -1; }`);
    if (typeof length.value !== "number" || length.value < 0) return undefined;
    const slice = `function () { return Array.prototype.slice.call(this, 0, ${page}); }`;
    const first = await this.#call(objectId, slice, false);
    return first.objectId ? { objectId: first.objectId, length: length.value } : undefined;
  }

  async #text(value: Runtime.RemoteObject): Promise<string> {
    const { objectId, type, description, unserializableValue } = value;
    if (objectId && type === "object") {
      const brief = `function () { return globalThis[Symbol.for("${inspectionSymbol}")].brief(this); }`;
      const text = await this.#call(objectId, brief);
      if (typeof text.value === "string") return text.value;
    }
    if (type === "function") return description?.split("\n")[0] ?? "function";
    if (type === "string") return JSON.stringify(value.value);
    return unserializableValue ?? description ?? String(value.value);
  }

  async #call(objectId: string, functionDeclaration: string, returnByValue = true): Promise<Runtime.RemoteObject> {
    const options = { returnByValue, objectGroup: Variables.group, silent: true };
    const answer = await this.#session.post("Runtime.callFunctionOn", { objectId, functionDeclaration, ...options });
    return answer.exceptionDetails ? { type: "undefined" } : answer.result;
  }
}
