import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { type Answer, type Report, Shared } from "../../bridge";
import { primordials } from "../guards/primordials";
import { type Cell, currentCell, KeyboardInterrupt } from "./cell";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel */
export class Input {
  readonly #report: (report: Report) => void;
  readonly #shared: Int32Array<SharedArrayBuffer>;
  readonly #answers: MessagePort;
  readonly #waiting = new Map<number, (value: string) => void>();
  #requests = 0;

  /** @param answers Receives the answers to questions that block this thread. */
  constructor(report: (report: Report) => void, shared: Int32Array<SharedArrayBuffer>, answers: MessagePort) {
    this.#report = report;
    this.#shared = shared;
    this.#answers = answers;
  }

  readonly ask: typeof input = (prompt = "", { password = false } = {}) => {
    const cell = currentCell();
    if (!cell.order?.allowStdin) return primordials.rejected(cannotAnswer("input"));
    return new primordials.Promise((resolve, reject) => {
      const { signal } = cell.controller;
      if (signal.aborted) return reject(signal.reason);
      const request = this.#ask(cell, String(prompt), password, false);
      const stop = (): void => {
        this.#waiting.delete(request);
        reject(signal.reason);
      };
      signal.addEventListener("abort", stop, { once: true });
      this.#waiting.set(request, (value) => {
        signal.removeEventListener("abort", stop);
        resolve(value);
      });
    });
  };

  /** The `prompt` of cells: nothing else runs in this thread until the answer arrives. */
  readonly prompt = (message = "", initial = ""): string => {
    const question = [message, initial && `[${initial}]`].filter((part) => part !== "").join(" ");
    return this.#wait("prompt", question && `${question} `) || String(initial);
  };

  readonly confirm = (message = ""): boolean =>
    /^y(es)?$/i.test(this.#wait("confirm", `${message} [y/N] `.trimStart()).trim());

  answer(request: number, value: string): void {
    this.#waiting.get(request)?.(value);
    this.#waiting.delete(request);
  }

  #wait(name: string, prompt: string): string {
    const cell = currentCell();
    if (!cell.order?.allowStdin) throw cannotAnswer(name);
    const request = this.#ask(cell, prompt, false, true);
    while (primordials.Atomics.load(this.#shared, Shared.Interrupted) === 0) {
      const answer = receiveMessageOnPort(this.#answers)?.message as Answer | undefined;
      if (answer?.request === request) return answer.value;
      // An answer may belong to an earlier question that was interrupted.
      if (answer === undefined) primordials.Atomics.wait(this.#shared, Shared.Interrupted, 0, 50);
    }
    throw new KeyboardInterrupt();
  }

  #ask({ id }: Cell, prompt: string, password: boolean, blocking: boolean): number {
    const request = ++this.#requests;
    this.#report({ type: "input_request", id, request, prompt, password, blocking });
    return request;
  }
}

function cannotAnswer(name: string): Error {
  return new primordials.Error(`${name}() was called, but this front end has nobody to answer (allow_stdin is false)`);
}
