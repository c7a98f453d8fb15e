import { fstatSync, ftruncateSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

const maxRead = 65_536;
/** Bytes after which a file that has been read to its end is truncated. */
const maxFile = 16_000_000;

/** Reads what native code wrote to descriptors 1 and 2: see kernel/descriptors.ts. */
export class NativeOutput {
  readonly #streams;
  readonly #buffer = Buffer.alloc(maxRead);
  readonly #write: (name: "stdout" | "stderr", text: string) => void;

  /** @param written the descriptors of what was written to standard output and standard error */
  constructor(written: readonly [number, number], write: (name: "stdout" | "stderr", text: string) => void) {
    this.#write = write;
    this.#streams = (["stdout", "stderr"] as const).map((name, i) => ({
      name,
      descriptor: written[i]!,
      offset: 0,
      decoder: new StringDecoder("utf8"),
    }));
  }

  /** Passes on everything new, at most `limit` bytes of each stream. */
  read(limit = 1_000_000): void {
    for (const stream of this.#streams) {
      for (let left = limit; left > 0; ) {
        const length = readSync(stream.descriptor, this.#buffer, 0, maxRead, stream.offset);
        if (length === 0) break;
        stream.offset += length;
        left -= length;
        const text = stream.decoder.write(this.#buffer.subarray(0, length));
        if (text) this.#write(stream.name, text);
      }
      if (stream.offset < maxFile) continue;
      const dropped = fstatSync(stream.descriptor).size - stream.offset;
      if (dropped > 0 && dropped < maxFile) continue;
      ftruncateSync(stream.descriptor);
      stream.offset = 0;
      if (dropped > 0) this.#write(stream.name, `\n… ${dropped} bytes were written too fast and are omitted\n`);
    }
  }
}
