import { randomUUID } from "node:crypto";

/** The version of the messaging protocol that the kernel speaks. */
export const protocolVersion = "5.5";

/** https://jupyter-client.readthedocs.io/en/stable/messaging.html#message-header */
export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

export type Json = Record<string, unknown>;

/** A message as it came in. */
export interface Message {
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parentHeader: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Buffer[];
}

/** Every request that the kernel answers; the reply's type follows from it. */
export type RequestType =
  | "execute_request"
  | "inspect_request"
  | "complete_request"
  | "history_request"
  | "is_complete_request"
  | "comm_info_request"
  | "kernel_info_request"
  | "shutdown_request"
  | "interrupt_request"
  | "debug_request";

/** `"execute_request"` → `"execute_reply"`. */
export type ReplyType<R extends string> = R extends `${infer Name}_request` ? `${Name}_reply` : never;

export function replyType(requestType: string): string {
  return requestType.replace(/_request$/, "_reply");
}

const session = randomUUID();
let messages = 0;

/** A header for a new message of this kernel. */
export function newHeader(msgType: string): Header {
  return {
    msg_id: `${session}_${process.pid}_${messages++}`,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    msg_type: msgType,
    version: protocolVersion,
  };
}
