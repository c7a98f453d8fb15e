import type { Runtime, Debugger as V8 } from "node:inspector";
import { Session } from "node:inspector/promises";
import { isAbsolute } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { CompiledCell } from "../language/language_service";
import { Sources, skipped } from "./sources";
import { Variables } from "./variables";

export type Step = "Debugger.stepOver" | "Debugger.stepInto" | "Debugger.stepOut";

/** Why the program is paused, in the protocol's words. */
export interface Stop {
  readonly reason: "breakpoint" | "step" | "exception" | "pause";
  readonly thrown?: string;
}

/** Where a value is kept while it is copied. */
const copied = 'globalThis[Symbol.for("tskeras.copied")]';

/** After a step, how long the program may run before it counts as resumed, in ms. */
const stepTime = 100;

/** The main thread, where the cells run, under V8's debugger. */
export class Program {
  readonly #onPause: (stop: Stop) => void;
  readonly #onResume: () => void;
  readonly sources = new Sources();
  /** By the path of a cell or file. */
  readonly breakpoints = new Map<string, readonly DebugProtocol.SourceBreakpoint[]>();
  readonly #breakpointIds = new Map<string, string[]>();
  #exceptions: "none" | "uncaught" | "all" = "none";
  #session: Session | undefined;
  #variables: Variables | undefined;
  /** V8's debugger is being restarted: it must receive nothing else until then. */
  #restarting: Promise<void> | undefined;
  readonly #urls = new Map<string, string>();
  /** The frames of the paused program, innermost first; empty while it runs. */
  frames: readonly V8.CallFrame[] = [];
  readonly #undeclared = new Set<string>();
  #pending: "step" | "interrupt" | undefined;
  #resumeTimer: NodeJS.Timeout | undefined;

  constructor(onPause: (stop: Stop) => void, onResume: () => void) {
    this.#onPause = onPause;
    this.#onResume = onResume;
  }

  get isConnected(): boolean {
    return this.#session !== undefined;
  }

  get session(): Session {
    if (!this.#session) throw new Error("The debugger is off: send initialize first");
    return this.#session;
  }

  get variables(): Variables {
    if (!this.#variables || !this.#session) throw new Error("The debugger is off: send initialize first");
    return this.#variables;
  }

  async connect(): Promise<void> {
    if (this.#session) return;
    const session = new Session();
    session.connectToMainThread();
    session.on("Debugger.scriptParsed", ({ params }) => this.#urls.set(params.scriptId, params.url));
    session.on("Debugger.paused", ({ params }) => this.#paused(params));
    session.on("Debugger.resumed", () => this.#resumed());
    this.#session = session;
    this.#variables = new Variables(session);
    await this.#restart(session);
  }

  async close(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.#session = undefined;
    this.breakpoints.clear();
    this.#exceptions = "none";
    await this.#variables?.clear();
    // Disconnecting resumes a paused program.
    session.disconnect();
    this.#urls.clear();
    this.frames = [];
  }

  /** Must be called and awaited before a cell runs. */
  async cellStarts(code: string, compiled: CompiledCell): Promise<void> {
    const path = this.sources.add(code, compiled);
    if (!this.#session) return;
    await this.#restarting;
    if (this.breakpoints.has(path)) await this.#setInScript(path, compiled.fileName);
  }

  /** Must be called when a cell has ended: a step past its end would pause in the next one. */
  cellEnded(): void {
    const session = this.#session;
    if (session && (this.#pending || this.#undeclared.size > 0)) {
      this.#restarting = this.#declare()
        .then(() => this.#restart(session))
        .catch(() => {});
    }
    this.#pending = undefined;
  }

  /** Lets the cell run without further pauses, so that it can be interrupted. */
  async release(): Promise<void> {
    if (!this.#session) return;
    this.#pending = "interrupt";
    await this.#session.post("Debugger.setSkipAllPauses", { skip: true });
    if (this.frames.length > 0) await this.resume();
  }

  async resume(command: Step | "Debugger.resume" = "Debugger.resume"): Promise<void> {
    if (command !== "Debugger.resume") this.#pending = "step";
    if (this.frames.length === 0) throw new Error("The program does not stand at a breakpoint");
    await this.session.post(command);
  }

  async pauseOnExceptions(state: "none" | "uncaught" | "all"): Promise<void> {
    this.#exceptions = state;
    await this.session.post("Debugger.setPauseOnExceptions", { state });
  }

  /** Replaces the breakpoints of a cell or file and returns their actual lines. */
  async setBreakpoints(path: string, wanted: readonly DebugProtocol.SourceBreakpoint[]): Promise<number[]> {
    for (const breakpointId of this.#breakpointIds.get(path) ?? []) {
      await this.session.post("Debugger.removeBreakpoint", { breakpointId });
    }
    this.#breakpointIds.delete(path);
    if (wanted.length > 0) this.breakpoints.set(path, wanted);
    else this.breakpoints.delete(path);
    let lines = wanted.map(({ line }) => line);
    for (const url of this.sources.urls(path)) lines = await this.#setInScript(path, url);
    return lines;
  }

  urlOf({ location }: V8.CallFrame): string {
    return this.#urls.get(location.scriptId) ?? "";
  }

  /** The reader's files that cells have imported. */
  files(): string[] {
    return [...new Set(this.#urls.values())].filter((url) => isAbsolute(url) && this.sources.has(url)).sort();
  }

  /** Copies the value of a frame's variable to a variable of the notebook. */
  async copyToGlobals(name: string, to: string, frame: V8.CallFrame): Promise<void> {
    await this.evaluate(`void (${copied} = ${name})`, frame);
    const { names } = await this.session.post("Runtime.globalLexicalScopeNames", {});
    const isNew = !names.includes(to);
    // A paused program cannot declare variables: that happens when the cell has ended.
    if (isNew) this.#undeclared.add(to);
    const expression = `${isNew ? "globalThis." : ""}${to} = ${copied}; delete ${copied}`;
    await this.session.post("Runtime.evaluate", { expression, silent: true });
  }

  /** The value of JavaScript in a frame, or at the top level of the notebook. */
  async evaluate(expression: string, frame?: V8.CallFrame, returnByValue = false): Promise<Runtime.RemoteObject> {
    const options = { expression, objectGroup: Variables.group, silent: true, returnByValue };
    // In the protocol but not in the types: lets the notebook's names be declared again.
    const replMode = { replMode: true };
    // A paused program settles no promise.
    const awaitPromise = this.frames.length === 0;
    const { result, exceptionDetails } = frame
      ? await this.session.post("Debugger.evaluateOnCallFrame", { ...options, callFrameId: frame.callFrameId })
      : await this.session.post("Runtime.evaluate", { ...options, ...replMode, awaitPromise });
    if (!exceptionDetails) return result;
    throw new Error(exceptionDetails.exception?.description?.split("\n")[0] ?? exceptionDetails.text);
  }

  async #declare(): Promise<void> {
    const names = [...this.#undeclared];
    this.#undeclared.clear();
    for (const name of names) await this.evaluate(`let ${name} = globalThis.${name}; void delete globalThis.${name}`);
  }

  /** Restarts V8's debugger: it forgets any step, and all breakpoints are set again. */
  async #restart(session: Session): Promise<void> {
    await session.post("Debugger.disable");
    await session.post("Debugger.enable");
    await session.post("Debugger.setBlackboxPatterns", { patterns: skipped });
    await session.post("Debugger.setPauseOnExceptions", { state: this.#exceptions });
    this.#breakpointIds.clear();
    for (const path of this.breakpoints.keys()) {
      for (const url of this.sources.urls(path)) await this.#setInScript(path, url);
    }
  }

  /** Sets the breakpoints of a cell or file in one of its scripts and returns their actual lines. */
  async #setInScript(path: string, url: string): Promise<number[]> {
    const lines: number[] = [];
    for (const { line, condition } of this.breakpoints.get(path) ?? []) {
      const at = await this.sources.toScript(url, line - 1);
      const actual = at ? at.source + 1 : line;
      // V8 refuses a second breakpoint in the same place.
      const isThere = lines.includes(actual);
      lines.push(actual);
      if (!at || isThere) continue;
      const { breakpointId } = await this.session.post("Debugger.setBreakpointByUrl", {
        url,
        lineNumber: at.line,
        columnNumber: at.column,
        ...(condition ? { condition } : {}),
      });
      this.#breakpointIds.set(path, [...(this.#breakpointIds.get(path) ?? []), breakpointId]);
    }
    return lines;
  }

  #paused({ callFrames, reason, hitBreakpoints, data }: V8.PausedEventDataType): void {
    clearTimeout(this.#resumeTimer);
    const exception = reason === "exception" || reason === "promiseRejection";
    const isReaders = (frame: V8.CallFrame): boolean => this.sources.has(this.urlOf(frame));
    // V8 skips most code that is not the reader's, but a step that leaves a cell may end in one of Node's hooks.
    if (!exception && !callFrames.slice(0, 1).some(isReaders)) {
      const on = callFrames.some(isReaders) ? "Debugger.stepOut" : "Debugger.resume";
      void this.#session?.post(on).catch(() => {});
      return;
    }
    this.frames = callFrames;
    const stepped = this.#pending === "step" ? "step" : "pause";
    this.#pending = undefined;
    const thrown = exception ? (data as { readonly description?: string } | undefined)?.description : undefined;
    this.#onPause({
      reason: exception ? "exception" : hitBreakpoints?.length ? "breakpoint" : stepped,
      ...(thrown ? { thrown } : {}),
    });
  }

  #resumed(): void {
    this.frames = [];
    void this.#variables?.clear().catch(() => {});
    clearTimeout(this.#resumeTimer);
    this.#resumeTimer = setTimeout(this.#onResume, stepTime);
  }
}
