import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { CompletionItem, CompletionList, Diagnostic, Hover, Position } from "vscode-languageserver-types";
import { configName } from "./settings";

/** How long the server may take to answer, in ms. */
const answerWithin = 15_000;

/** TypeScript 7's language server, a separate process that holds documents which exist nowhere else. */
export class TypeServer {
  readonly #process: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #versions = new Map<string, number>();
  readonly #gone: Promise<never>;
  readonly #ready: Promise<void>;
  alive = true;

  constructor() {
    const options = { stdio: ["pipe", "pipe", "ignore"] as ["pipe", "pipe", "ignore"], windowsHide: true };
    this.#process = spawn(executable(), ["--lsp", "--stdio"], options);
    const { stdin, stdout } = this.#process;
    if (!stdin || !stdout) throw new Error("TypeScript's server has no pipes.");
    this.#gone = new Promise((_, reject) => {
      const fail = (why: string) => {
        this.alive = false;
        reject(new Error(`TypeScript's server ${why}`));
      };
      this.#process.once("error", ({ message }) => fail(`could not start: ${message}`));
      this.#process.once("exit", (code, signal) => fail(`ended (${signal ?? `code ${code}`})`));
      stdin.on("error", ({ message }) => fail(`cannot be reached: ${message}`));
    });
    // Without this, the rejection is unhandled while no request is pending.
    this.#gone.catch(() => {});
    this.#connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.#connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section }) => (section === "js/ts" ? settings : null)),
    );
    this.#connection.onRequest("client/registerCapability", () => null);
    this.#connection.onError(() => {});
    this.#connection.listen();
    this.#ready = this.#initialize();
    this.#ready.catch(() => {});
  }

  write(path: string, text: string): void {
    const uri = pathToFileURL(path).href;
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    if (version === 1) {
      const languageId = path.endsWith(".json") ? "json" : "typescript";
      this.#notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
    } else this.#notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  changed(paths: readonly string[]): void {
    const changes = paths.map((path) => ({ uri: pathToFileURL(path).href, type: 2 }));
    if (changes.length) this.#notify("workspace/didChangeWatchedFiles", { changes });
  }

  async diagnostics(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.#request<{ items?: Diagnostic[] }>("textDocument/diagnostic", document(path));
    return report.items ?? [];
  }

  async complete(path: string, position: Position): Promise<readonly CompletionItem[]> {
    const parameters = { ...document(path), position };
    const list = await this.#request<CompletionList | CompletionItem[] | null>("textDocument/completion", parameters);
    return Array.isArray(list) ? list : (list?.items ?? []);
  }

  resolve(item: CompletionItem): Promise<CompletionItem> {
    return this.#request("completionItem/resolve", item);
  }

  hover(path: string, position: Position): Promise<Hover | null> {
    return this.#request("textDocument/hover", { ...document(path), position });
  }

  async dispose(): Promise<void> {
    this.#connection.dispose();
    if (!this.alive) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill();
    await ended;
  }

  async #initialize(): Promise<void> {
    await this.#connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities });
    await this.#connection.sendNotification("initialized", {});
  }

  #notify(method: string, parameters: object): void {
    void this.#ready.then(() => this.#connection.sendNotification(method, parameters)).catch(() => {});
  }

  /** Rejects when the server has ended, and kills it when it does not answer, so that no cell waits forever. */
  async #request<T>(method: string, parameters: object): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#process.kill("SIGKILL");
        reject(new Error(`TypeScript's server did not answer ${method} within ${answerWithin / 1000} seconds`));
      }, answerWithin);
    });
    try {
      const answer = this.#ready.then(() => this.#connection.sendRequest<T>(method, parameters));
      return await Promise.race([this.#gone, late, answer]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const settings = {
  customConfigFileName: configName,
  // A completion cannot add an import to another cell, and looking for imports takes ten times as long.
  suggest: { autoImports: false },
  // It would download types from the npm registry.
  tsserver: { automaticTypeAcquisition: { enabled: false } },
};

const capabilities = {
  textDocument: {
    diagnostic: {},
    completion: {
      completionItem: {
        documentationFormat: ["markdown"],
        resolveSupport: { properties: ["documentation", "detail"] },
      },
    },
    hover: { contentFormat: ["markdown"] },
  },
  workspace: { configuration: true },
};

function document(path: string): { textDocument: { uri: string } } {
  return { textDocument: { uri: pathToFileURL(path).href } };
}

/** The native program itself: `typescript`'s launcher would start a Node process in between. */
function executable(): string {
  const typescript = createRequire(__filename).resolve("typescript/package.json");
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(typescript).resolve(`${platform}/package.json`));
    return join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
  } catch (cause) {
    const message = `TypeScript's server is not installed: expected the package ${platform}. Run npm install.`;
    throw new Error(message, { cause });
  }
}
