import { sizeFromShape } from "../backend/shapes";

/** An array of bytes as an idx file holds it. */
export interface IdxArray {
  readonly shape: number[];
  /** In C order. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an idx file of unsigned bytes: MNIST's format for pictures and labels.
 *
 * @throws Error if it is another kind of file, or shorter or longer than its header says
 * @see http://yann.lecun.com/exdb/mnist/ ("The IDX file format")
 */
export function parseIdx(file: Uint8Array): IdxArray {
  const header = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const rank = file[3] ?? 0;
  const start = 4 + 4 * rank;
  if (file.length < start || header.getUint16(0) !== 0 || file[2] !== UNSIGNED_BYTE || rank === 0) {
    throw new Error("this is no idx file of unsigned bytes");
  }
  const shape = Array.from({ length: rank }, (_, axis) => header.getUint32(4 + 4 * axis));
  const size = sizeFromShape(shape);
  if (file.length !== start + size) {
    throw new Error(`its header says shape [${shape}], ${size} bytes, but ${file.length - start} bytes follow`);
  }
  return { shape, values: file.subarray(start) };
}
