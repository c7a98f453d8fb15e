import { libraries } from "../libraries";

/** A picture of 8 bits for each channel. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** Height × width × channels. */
  readonly pixels: Uint8Array;
}

/** The channels of a decoded picture. */
export type ColorMode = "grayscale" | "rgb" | "rgba";

/** The number of channels of each color mode. */
export const channelsOf: { readonly [mode in ColorMode]: number } = { grayscale: 1, rgb: 3, rgba: 4 };

function decodeRgba(file: Buffer): { width: number; height: number; data: Uint8Array } {
  if (file.readUInt32BE() === 0x89504e47) return libraries.pngjs.PNG.sync.read(file);
  if (file.readUInt16BE() === 0xffd8) return libraries.jpeg.decode(file, { useTArray: true, maxMemoryUsageInMB: 2048 });
  throw new Error("it is neither a PNG nor a JPEG. Convert it to PNG");
}

/** Decodes a PNG or JPEG; throws if it is damaged or of another kind. Gray is the luma of ITU-R BT.601, as in JPEG. */
export function decodeImage(file: Buffer, mode: ColorMode): DecodedImage {
  if (file.length < 4) throw new Error("the file is empty");
  const { width, height, data } = decodeRgba(file);
  const channels = channelsOf[mode];
  if (channels === 4) return { width, height, pixels: data };
  const pixels = new Uint8Array(width * height * channels);
  for (let from = 0, to = 0; from < data.length; from += 4, to += channels) {
    if (channels === 3) for (let i = 0; i < 3; i++) pixels[to + i] = data[from + i]!;
    else pixels[to] = Math.round(0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!);
  }
  return { width, height, pixels };
}
