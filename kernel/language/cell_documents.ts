import { join } from "node:path";
import { isPlain, project } from "./project";
import { TypeServer } from "./type_server";

const empty = "export {};\n";

/** The documents of a notebook's cells, which exist only in TypeScript's server. If it ends, a new server gets them all. */
export class CellDocuments {
  /** The first is for code that has not run. */
  readonly #texts: string[] = [];
  /** How many the project may have and how many are open: each costs time, later ones more. */
  #most = 64;
  #open = 20;
  #server: TypeServer | undefined;
  /** Whether cells are checked strictly unless the notebook's settings say otherwise; see {@link writeProject}. */
  strict = true;

  constructor(public directory: string) {}

  /** Starts the server, which reads the language's types, unless it would have to wait for TypeScript's compiler. */
  startAhead(): void {
    if (isPlain(this.directory)) this.#running();
  }

  /** The same documents in another folder, for a new server. */
  moveTo(directory: string): void {
    if (directory === this.directory) return;
    this.directory = directory;
    void this.dispose();
  }

  /** Asks the server, or a new one when it has ended. */
  async ask<T>(question: (server: TypeServer) => Promise<T>): Promise<T> {
    const server = this.#running();
    try {
      return await question(server);
    } catch (error) {
      if (!this.#server || (server === this.#server && server.alive)) throw error;
      return question(this.#running());
    }
  }

  write(number: number, text: string): string {
    this.#texts[number] = text;
    const path = this.path(number);
    if (this.#server?.alive) this.#server.write(path, text);
    return path;
  }

  /** Opens a document before it is needed, so that a new cell is only an edit. */
  prepare(number: number): void {
    if (number >= this.#most) {
      // A larger project needs a new server: one that knows many types reads it more slowly.
      this.#most *= 2;
      this.#open = number + 1;
      void this.dispose();
      void this.ask((server) => server.diagnostics(this.path(0))).catch(() => {});
    }
    for (; this.#open <= number; this.#open += 1) {
      if (this.#server?.alive) this.#server.write(this.path(this.#open), empty);
    }
  }

  /** Writes the project again after the settings have changed. */
  writeProject(): void {
    const paths = Array.from({ length: this.#most }, (_, number) => this.path(number));
    for (const { path, text } of project(this.directory, paths, this.strict)) this.#server?.write(path, text);
  }

  path(number: number): string {
    return join(this.directory, `${documentName(number)}.ts`);
  }

  async dispose(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.dispose();
  }

  #running(): TypeServer {
    if (this.#server?.alive) return this.#server;
    const server = new TypeServer();
    this.#server = server;
    this.writeProject();
    // Opening a document is slowest when others already have imports, so these are opened empty.
    for (let number = 0; number < this.#open; number += 1) server.write(this.path(number), empty);
    for (const [number, text] of this.#texts.entries()) if (text) server.write(this.path(number), text);
    return server;
  }
}

export function documentName(number: number): string {
  return `.tskeras-cell-${number}`;
}
