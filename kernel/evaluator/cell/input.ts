import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { type Answer, type Report, Shared } from "../../bridge";
import { natives } from "../guards/natives";
import { type Cell, currentCell, KeyboardInterrupt } from "./cell";

/** Questions to the reader: https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel */
export class Input {
  readonly #waiting = new Map<number, (value: string) => void>();
  #requests = 0;

  /** @param answers Where answers to questions that block this thread arrive. */
  constructor(
    private readonly report: (report: Report) => void,
    private readonly shared: Int32Array<SharedArrayBuffer>,
    private readonly answers: MessagePort,
  ) {}

  /** The `input` of cells. */
  readonly ask = (prompt = "", { password = false }: { readonly password?: boolean } = {}): Promise<string> => {
    const cell = currentCell();
    if (!cell.order?.allowStdin) return natives.rejected(nobody("input"));
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
      this.#ask(cell, { request, prompt: String(prompt), password, blocking: false });
    });
  };

  /** The `prompt` of cells: nothing else runs in this thread until the answer is there. */
  readonly prompt = (message = "", initial = ""): string => {
    const question = [message, initial && `[${initial}]`].filter((part) => part !== "").join(" ");
    return this.#wait("prompt", question && `${question} `) || String(initial);
  };

  /** The `confirm` of cells. */
  readonly confirm = (message = ""): boolean =>
    /^y(es)?$/i.test(this.#wait("confirm", `${message} [y/N] `.trimStart()).trim());

  answer(request: number, value: string): void {
    this.#waiting.get(request)?.(value);
    this.#waiting.delete(request);
  }

  #wait(name: string, prompt: string): string {
    const cell = currentCell();
    if (!cell.order?.allowStdin) throw nobody(name);
    const request = ++this.#requests;
    this.#ask(cell, { request, prompt, password: false, blocking: true });
    while (natives.Atomics.load(this.shared, Shared.Interrupted) === 0) {
      const answer = receiveMessageOnPort(this.answers)?.message as Answer | undefined;
      if (answer?.request === request) return answer.value;
      // An answer to an earlier question may have come after that was interrupted.
      if (answer === undefined) natives.Atomics.wait(this.shared, Shared.Interrupted, 0, 50);
    }
    throw new KeyboardInterrupt();
  }

  #ask({ id }: Cell, question: Omit<Report & { type: "input_request" }, "type" | "id">): void {
    this.report({ type: "input_request", id, ...question });
  }
}

function nobody(name: string): Error {
  return new natives.Error(`${name}() was called, but this front end has nobody to answer (allow_stdin is false)`);
}
