import type { PNGOptions } from "pngjs";
import { libraries } from "../libraries";

/** A picture in memory: red, green, blue and alpha bytes, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A white picture, or a transparent one. */
export const blank = (width: number, height: number, value: 255 | 0): Pixels => ({
  width,
  height,
  data: new Uint8Array(4 * width * height).fill(value),
});

/** Copies a picture into another with its top left corner at (x, y), each pixel as a square of `scale` pixels. */
export function paste(onto: Pixels, picture: Pixels, x: number, y: number, scale: number): void {
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height);
  const to = new Uint32Array(onto.data.buffer, onto.data.byteOffset, onto.width * onto.height);
  for (let row = 0; row < picture.height; row++) {
    const start = (y + row * scale) * onto.width + x;
    for (let column = 0; column < picture.width; column++) {
      to.fill(from[row * picture.width + column]!, start + column * scale, start + (column + 1) * scale);
    }
    for (let copy = 1; copy < scale; copy++) {
      to.copyWithin(start + copy * onto.width, start, start + picture.width * scale);
    }
  }
}

/** The picture as a PNG file, without its alpha. */
export const encodePng = (pixels: Pixels): Buffer =>
  encode(pixels, { colorType: 2, inputHasAlpha: true, deflateLevel: 9 });

/** With alpha, and encoded quickly: for a part of another picture. */
export const encodeTransparent = (pixels: Pixels): Buffer => encode(pixels, { colorType: 6, deflateLevel: 1 });

/** From a byte of gray for each pixel, and encoded quickly. */
export const encodeGray = (data: Uint8Array, width: number): Buffer =>
  encode({ width, height: data.length / width, data }, { colorType: 0, inputColorType: 0, deflateLevel: 1 });

function encode({ width, height, data }: Pixels, options: PNGOptions): Buffer {
  const { PNG } = libraries.pngjs;
  const png = new PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return PNG.sync.write(png, { ...options, filterType: 0 });
}
