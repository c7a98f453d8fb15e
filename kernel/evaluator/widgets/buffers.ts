/** @see https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md */

import { isAnyArrayBuffer } from "node:util/types";

type Json = Record<string, unknown>;
type BufferPath = readonly (string | number)[];

export interface Parted {
  readonly json: Json;
  readonly buffer_paths: readonly BufferPath[];
  readonly buffers: readonly Uint8Array[];
}

/** Takes typed arrays and other bytes out of a value. */
export function partBuffers(value: Json): Parted {
  const buffer_paths: BufferPath[] = [];
  const buffers: Uint8Array[] = [];
  const part = (inner: unknown, path: BufferPath): unknown => {
    const bytes = bytesOf(inner);
    if (bytes) {
      buffer_paths.push(path);
      buffers.push(bytes);
      return null;
    }
    if (Array.isArray(inner)) return inner.map((item, index) => part(item, [...path, index]));
    if (typeof inner !== "object" || inner === null || "toJSON" in inner) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, item]) => [name, part(item, [...path, name])]));
  };
  return { json: part(value, []) as Json, buffer_paths, buffers };
}

/** Puts bytes back into JSON of the front end. */
export function putBuffers(json: Json, paths: readonly BufferPath[], buffers: readonly Uint8Array[]): Json {
  for (const [index, path] of paths.entries()) {
    const last = path.at(-1);
    const holder = path.slice(0, -1).reduce<unknown>((inner, step) => (inner as Json | undefined)?.[step], json);
    if (typeof holder === "object" && holder !== null && last !== undefined) (holder as Json)[last] = buffers[index];
  }
  return json;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return isAnyArrayBuffer(value) ? new Uint8Array(value) : undefined;
}
