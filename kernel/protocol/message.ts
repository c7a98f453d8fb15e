import { randomUUID } from "node:crypto";

export const protocolVersion = "5.5";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#message-header */
export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

export type Json = Record<string, unknown>;

export interface Message {
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly parentHeader: Json;
  readonly metadata: Json;
  readonly content: Json;
  readonly buffers: readonly Buffer[];
}

const session = randomUUID();
let messages = 0;

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
