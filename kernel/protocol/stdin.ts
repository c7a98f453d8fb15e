import type { MessagePort } from "node:worker_threads";
import { type Report, Shared } from "../bridge";
import type { Kernel } from "./kernel";
import { type Message, newHeader } from "./message";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel */
export class Stdin {
  readonly #kernel: Kernel;
  /** Where answers go that the main thread waits for, doing nothing else. */
  readonly #answers: MessagePort;
  readonly #waiting = new Map<string, (value: string) => void>();

  constructor(kernel: Kernel, answers: MessagePort) {
    this.#kernel = kernel;
    this.#answers = answers;
  }

  async input_request(question: Report & { type: "input_request" }): Promise<void> {
    const { iopub, sockets, execution, order, shared } = this.#kernel;
    const { id, request, prompt, password, blocking } = question;
    const requester = execution.requesters.get(id);
    if (!requester) return;
    await iopub.flush();
    const header = newHeader("input_request");
    // Before the question is sent: a program may answer before `send` resolves.
    this.#waiting.set(header.msg_id, (value) => {
      if (!blocking) return order({ type: "input", request, value });
      this.#answers.postMessage({ request, value });
      Atomics.notify(shared, Shared.Interrupted);
    });
    await sockets.send("stdin", requester.identities, requester.header, header, { prompt, password });
  }

  /** Some clients send no parent header: their answer is for the latest question. */
  input_reply({ parentHeader, content }: Message): void {
    const id = String(parentHeader["msg_id"] ?? [...this.#waiting.keys()].at(-1));
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    answer?.(String(content["value"] ?? ""));
  }
}
