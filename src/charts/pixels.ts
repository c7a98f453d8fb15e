import type { PNGOptions } from "pngjs";
import { libraries } from "../libraries";

/** A picture in memory: red, green, blue and alpha bytes, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An empty picture of one colour. */
export function blank(width: number, height: number, [r, g, b]: readonly [number, number, number]): Pixels {
  const data = new Uint8Array(4 * width * height);
  for (let at = 0; at < data.length; at += 4) {
    data[at] = r;
    data[at + 1] = g;
    data[at + 2] = b;
    data[at + 3] = 255;
  }
  return { width, height, data };
}

/** Copies a picture into another with its left top corner at (x, y), each pixel a square of `scale` pixels. */
export function paste(onto: Pixels, picture: Pixels, x: number, y: number, scale: number): void {
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height);
  const to = new Uint32Array(onto.data.buffer, onto.data.byteOffset, onto.width * onto.height);
  for (let row = 0; row < picture.height; row++) {
    const start = (y + row * scale) * onto.width + x;
    for (let column = 0; column < picture.width; column++) {
      to.fill(from[row * picture.width + column] ?? 0, start + column * scale, start + (column + 1) * scale);
    }
    for (let copy = 1; copy < scale; copy++) {
      to.copyWithin(start + copy * onto.width, start, start + picture.width * scale);
    }
  }
}

/** The picture as a PNG file. */
export function encodePng(pixels: Pixels): Buffer {
  return encode(pixels, { colorType: 2, inputHasAlpha: true, deflateLevel: 9 });
}

/** The same for a picture through which another shows, quickly: it becomes a part of that one. */
export function encodeTransparent(pixels: Pixels): Buffer {
  return encode(pixels, { colorType: 6, deflateLevel: 1 });
}

/** A PNG file of grays, a byte for each pixel, made as quickly. */
export function encodeGray(grays: Uint8Array, width: number): Buffer {
  const picture = { width, height: grays.length / width, data: grays };
  return encode(picture, { colorType: 0, inputColorType: 0, deflateLevel: 1 });
}

function encode({ width, height, data }: Pixels, options: PNGOptions): Buffer {
  const { PNG } = libraries.pngjs;
  const png = new PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return PNG.sync.write(png, { ...options, filterType: 0 });
}
