import { deflateSync, gzipSync } from "node:zlib";

/**
 * A PNG file of one colour that covers each pixel more or less, in a byte for each: quick, because it becomes a part of another
 * picture. pngjs writes no palettes, and a fourth of the bytes is compressed in a fourth of the time.
 *
 * @param cover how much of the ground is covered, 0 to 255, row by row
 */
export function encodeShades(cover: Uint8Array, width: number, color: readonly [number, number, number]): Buffer {
  const height = cover.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colorTypePalette], 8);
  const palette = new Uint8Array(3 * 256).map((_, index) => color[index % 3] as number);
  const opacity = new Uint8Array(256).map((_, index) => index);
  // Before each row a zero: it is not filtered.
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row++)
    rows.set(cover.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("tRNS", opacity),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const colorTypePalette = 3;

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, body, crc32(body)]);
}

/** As PNG has it. Node 20.0 has no function for it, but ends each of its gzip files so. */
function crc32(bytes: Uint8Array): Buffer {
  return gzipSync(bytes, { level: 0 }).subarray(-8, -4).reverse();
}
