import type { Report } from "../bridge";
import { currentCell } from "./cell";
import { natives } from "./natives";

/** Questions to the reader: https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel */
export class Input {
  readonly #waiting = new Map<number, (value: string) => void>();
  #requests = 0;

  constructor(private readonly report: (report: Report) => void) {}

  /** The `input` of cells. */
  readonly ask = (prompt = "", { password = false }: { readonly password?: boolean } = {}): Promise<string> => {
    const cell = currentCell();
    if (!cell.order?.allowStdin) {
      return natives.Promise.reject(
        new natives.Error("input() was called, but this front end has nobody to answer (allow_stdin is false)"),
      );
    }
    const request = ++this.#requests;
    return new natives.Promise((resolve, reject) => {
      const { signal } = cell.controller;
      const stop = (): void => {
        this.#waiting.delete(request);
        reject(signal.reason);
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop, { once: true });
      this.#waiting.set(request, (value) => {
        signal.removeEventListener("abort", stop);
        resolve(value);
      });
      this.report({ type: "input_request", id: cell.id, request, prompt: String(prompt), password });
    });
  };

  answer(request: number, value: string): void {
    this.#waiting.get(request)?.(value);
    this.#waiting.delete(request);
  }
}
