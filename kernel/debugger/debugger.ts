import type { Debugger as V8 } from "node:inspector";
import { basename } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { inspectionSymbol } from "../bridge";
import type { LanguageService } from "../language/language_service";
import { messageOf } from "../log";
import { Program, type Stop } from "./program";
import { cellNames } from "./sources";

const threadId = 1;

/** The front end's names for V8's scopes: scopes of one name are shown as one, those without a name are not shown. */
const scopeNames: { readonly [type: string]: string | undefined } = {
  local: "Locals",
  block: "Locals",
  catch: "Locals",
  closure: "Closure",
  module: "Module",
  script: "Globals",
};

type Arguments = Record<string, unknown>;
type Handler = (args: Arguments) => object | undefined | Promise<object | undefined>;

/**
 * Answers the Debug Adapter Protocol, in JupyterLab's dialect, with V8's own debugger.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#debug-request
 * @see https://microsoft.github.io/debug-adapter-protocol/specification
 */
export class Debugger {
  readonly program = new Program(
    (stop) => this.#stopped(stop),
    () => this.#event("continued", { threadId, allThreadsContinued: true }),
  );
  readonly #publish: (event: DebugProtocol.Event) => void;
  readonly #language: () => Promise<LanguageService>;
  #messages = 0;
  /** The number of the inner frame. JupyterLab asks for variables only when it has not seen the number before. */
  #firstFrame = 0;

  constructor(publish: (event: DebugProtocol.Event) => void, language: () => Promise<LanguageService>) {
    this.#publish = publish;
    this.#language = language;
  }

  async request(message: Readonly<Record<string, unknown>>): Promise<DebugProtocol.Response> {
    const command = String(message["command"]);
    const answer = { type: "response", seq: ++this.#messages, request_seq: Number(message["seq"]), command };
    try {
      const handler = Object.hasOwn(this.#requests, command) ? this.#requests[command] : undefined;
      if (!handler) throw new Error(`The debugger has no command "${command}"`);
      const body = await handler((message["arguments"] ?? {}) as Arguments);
      return { ...answer, success: true, ...(body ? { body } : {}) };
    } catch (error) {
      return { ...answer, success: false, message: messageOf(error) };
    }
  }

  readonly #requests: { readonly [command: string]: Handler | undefined } = {
    initialize: async () => {
      await this.program.connect();
      this.#event("initialized");
      return {
        supportsConfigurationDoneRequest: true,
        supportsConditionalBreakpoints: true,
        supportsEvaluateForHovers: true,
        exceptionBreakpointFilters: [
          { filter: "all", label: "All exceptions" },
          { filter: "uncaught", label: "Uncaught exceptions" },
        ],
      } satisfies DebugProtocol.Capabilities;
    },
    attach: () => undefined,
    configurationDone: () => undefined,
    disconnect: async () => void (await this.program.close()),
    terminate: async () => void (await this.program.close()),
    debugInfo: () => ({
      ...cellNames,
      isStarted: this.program.isConnected,
      breakpoints: [...this.program.breakpoints].map(([source, breakpoints]) => ({ source, breakpoints })),
      stoppedThreads: this.program.frames.length > 0 ? [threadId] : [],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    }),
    dumpCell: ({ code }) => ({ sourcePath: this.program.sources.dump(text(code, "code")) }),
    source: ({ source }) => {
      const path = pathOf(source);
      const content = this.program.sources.code(path);
      if (content === undefined) throw new Error(`There is no source at ${path}`);
      return { content, mimeType: "text/typescript" };
    },
    modules: () => {
      const modules = this.program.files().map((path) => ({ id: path, name: basename(path), path }));
      return { modules, totalModules: modules.length };
    },
    threads: () => ({ threads: [{ id: threadId, name: "main" }] }),
    setBreakpoints: async ({ source, breakpoints }) => {
      const path = pathOf(source);
      const wanted = (Array.isArray(breakpoints) ? breakpoints : []) as DebugProtocol.SourceBreakpoint[];
      const lines = await this.program.setBreakpoints(path, wanted);
      return { breakpoints: lines.map((line) => ({ verified: true, line, source: { path } })) };
    },
    setExceptionBreakpoints: async ({ filters }) => {
      const wanted = Array.isArray(filters) ? filters : [];
      const state = wanted.includes("all") ? "all" : wanted.includes("uncaught") ? "uncaught" : "none";
      await this.program.pauseOnExceptions(state);
      return {};
    },
    pause: async () => void (await this.program.session.post("Debugger.pause")),
    continue: async () => {
      await this.program.resume();
      return { allThreadsContinued: true };
    },
    next: async () => void (await this.program.resume("Debugger.stepOver")),
    stepIn: async () => void (await this.program.resume("Debugger.stepInto")),
    stepOut: async () => void (await this.program.resume("Debugger.stepOut")),
    stackTrace: () => this.#stackTrace(),
    scopes: ({ frameId }) => {
      const objects = new Map<string, string[]>();
      for (const { type, object } of this.#frame(frameId).scopeChain) {
        const name = scopeNames[type];
        if (name && object.objectId) objects.set(name, [...(objects.get(name) ?? []), object.objectId]);
      }
      const scopes = [...objects].map(([name, ids]) => ({
        name,
        variablesReference: this.program.variables.reference(...ids),
        expensive: false,
      }));
      return { scopes };
    },
    variables: async ({ variablesReference }) => ({
      variables: await this.program.variables.children(Number(variablesReference)),
    }),
    inspectVariables: () => this.#globals(),
    richInspectVariables: async ({ variableName, frameId }) => {
      const shown = `globalThis[Symbol.for("${inspectionSymbol}")].bundleNow(${identifier(variableName)})`;
      const { value } = await this.program.evaluate(shown, this.#frameIfAny(frameId), true);
      return { data: value as object, metadata: {} };
    },
    copyToGlobals: async ({ srcVariableName, dstVariableName, srcFrameId }) => {
      const name = identifier(dstVariableName);
      await this.program.copyToGlobals(identifier(srcVariableName), name, this.#frame(srcFrameId));
      // Later cells may use the name too.
      (await this.#language()).accept({ fileName: "copied.ts", code: `let ${name}: any;` });
      return {};
    },
    evaluate: async ({ expression, frameId }) => {
      const code = text(expression, "expression");
      const { javascript } = (await this.#language()).compile({ fileName: "evaluated.ts", code });
      const found = await this.program.evaluate(javascript, this.#frameIfAny(frameId));
      const { value, variablesReference } = await this.program.variables.describe("", found);
      return { result: value, variablesReference };
    },
  };

  #event(event: string, body?: object): void {
    this.#publish({ type: "event", seq: ++this.#messages, event, ...(body ? { body } : {}) });
  }

  #stopped({ reason, thrown }: Stop): void {
    this.#firstFrame += 1000;
    this.#event("stopped", {
      reason,
      threadId,
      allThreadsStopped: true,
      ...(thrown ? { text: thrown, description: thrown.split("\n")[0] } : {}),
    } satisfies DebugProtocol.StoppedEvent["body"]);
  }

  async #stackTrace(): Promise<DebugProtocol.StackTraceResponse["body"]> {
    const stackFrames: DebugProtocol.StackFrame[] = [];
    for (const [i, frame] of this.program.frames.entries()) {
      const url = this.program.urlOf(frame);
      const { lineNumber: line, columnNumber: column = 0 } = frame.location;
      const at = await this.program.sources.toSource(url, { line, column });
      if (!at) continue;
      stackFrames.push({
        id: this.#firstFrame + i,
        name: frame.functionName || "(top level)",
        line: at.line + 1,
        column: at.column + 1,
        source: { path: at.path, name: url },
      });
    }
    return { stackFrames, totalFrames: stackFrames.length };
  }

  #frame(frameId: unknown): V8.CallFrame {
    const frame = this.program.frames[Number(frameId) - this.#firstFrame];
    if (!frame) throw new Error("This frame is of an earlier stop: run to a breakpoint again");
    return frame;
  }

  #frameIfAny(frameId: unknown): V8.CallFrame | undefined {
    return this.program.frames.length > 0 && frameId !== undefined ? this.#frame(frameId) : undefined;
  }

  async #globals(): Promise<{ variables: DebugProtocol.Variable[] }> {
    const { names } = await this.program.session.post("Runtime.globalLexicalScopeNames", {});
    const variables: DebugProtocol.Variable[] = [];
    for (const name of names) {
      const value = await this.program.evaluate(name).catch(() => undefined);
      if (value) variables.push(await this.program.variables.describe(name, value));
    }
    return { variables };
  }
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw new TypeError(`Expected "${what}" to be a text but found ${typeof value}`);
  return value;
}

function pathOf(source: unknown): string {
  return text((source as DebugProtocol.Source | undefined)?.path, "source.path");
}

function identifier(name: unknown): string {
  const word = text(name, "variableName");
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(word))
    throw new Error(`Expected a variable's name but found ${word}`);
  return word;
}
