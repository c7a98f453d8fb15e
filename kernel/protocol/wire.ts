import { createHmac, timingSafeEqual } from "node:crypto";
import type { Connection } from "./connection";
import type { Header, Json, Message } from "./message";

const delimiter = Buffer.from("<IDS|MSG>");

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#wire-protocol */
export class Wire {
  readonly #key: string;
  readonly #algorithm: string;
  readonly #seen = new Set<string>();

  /** An empty key switches signatures off. */
  constructor({ key, signature_scheme }: Connection) {
    this.#key = key;
    this.#algorithm = signature_scheme.replace(/^hmac-/, "");
  }

  /** The frames of a message. `content` and `metadata` are JSON text. */
  encode(
    identities: readonly (Buffer | string)[],
    header: Header,
    parent: Header | Json,
    content: string,
    metadata = "{}",
    buffers: readonly Uint8Array[] = [],
  ): (Buffer | string | Uint8Array)[] {
    const body = [JSON.stringify(header), JSON.stringify(parent), metadata, content];
    return [...identities, delimiter, this.#sign(body), ...body, ...buffers];
  }

  /** Throws for frames that are not a message, are not signed with our key, or were received before. */
  decode(frames: readonly Buffer[]): Message {
    const at = frames.findIndex((frame) => frame.equals(delimiter));
    if (at < 0) throw new Error("Expected the delimiter <IDS|MSG> in a message but found none");
    const [signature, ...body] = frames.slice(at + 1);
    const [header, parent, metadata, content, ...buffers] = body;
    if (!signature || !header || !parent || !metadata || !content) {
      throw new Error(`Expected at least 5 frames after the delimiter but found ${frames.length - at - 1}`);
    }
    this.#verify(signature, [header, parent, metadata, content]);
    const message = {
      identities: frames.slice(0, at),
      header: object(header, "header") as unknown as Header,
      parentHeader: object(parent, "parent_header"),
      metadata: object(metadata, "metadata"),
      content: object(content, "content"),
      buffers,
    };
    for (const field of ["msg_id", "msg_type"] as const) {
      if (typeof message.header[field] !== "string") throw new Error(`Expected a header with the text "${field}"`);
    }
    return message;
  }

  #sign(body: readonly (string | Buffer)[]): string {
    if (!this.#key) return "";
    const hmac = createHmac(this.#algorithm, this.#key);
    for (const frame of body) hmac.update(frame);
    return hmac.digest("hex");
  }

  #verify(signature: Buffer, body: readonly Buffer[]): void {
    if (!this.#key) return;
    const expected = Buffer.from(this.#sign(body));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error("Refused a message with a wrong signature");
    }
    const text = signature.toString("latin1");
    if (this.#seen.has(text)) throw new Error("Refused a message that was received before");
    this.#seen.add(text);
    if (this.#seen.size > 65_536) for (const old of [...this.#seen].slice(0, 32_768)) this.#seen.delete(old);
  }
}

function object(frame: Buffer, what: string): Json {
  const value: unknown = JSON.parse(frame.toString());
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`Expected the message's ${what} to be a JSON object`);
  }
  return value as Json;
}
