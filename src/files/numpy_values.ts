import type { TypedArray } from "../backend/rows";
import { sizeFromShape } from "../backend/shapes";

type Reader = { readonly bytes: number; readonly read: (buffer: ArrayBuffer) => TypedArray };

function narrow(values: BigInt64Array | BigUint64Array): Int32Array {
  const narrowed = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    narrowed[i] = value;
    if (narrowed[i] !== value) throw new RangeError(`the integer ${values[i]} does not fit into 32 bits`);
  }
  return narrowed;
}

type Constructor = { new (buffer: ArrayBuffer): TypedArray; readonly BYTES_PER_ELEMENT: number };
const direct = (type: Constructor): Reader => ({ bytes: type.BYTES_PER_ELEMENT, read: (buffer) => new type(buffer) });

const readers: { readonly [type: string]: Reader } = {
  b1: direct(Uint8Array),
  u1: direct(Uint8Array),
  i1: direct(Int8Array),
  i2: direct(Int16Array),
  u2: direct(Uint16Array),
  i4: direct(Int32Array),
  u4: direct(Uint32Array),
  f4: direct(Float32Array),
  f8: direct(Float64Array),
  i8: { bytes: 8, read: (buffer) => narrow(new BigInt64Array(buffer)) },
  u8: { bytes: 8, read: (buffer) => narrow(new BigUint64Array(buffer)) },
};

/**
 * Reads an array's numbers. Integers of 64 bits are narrowed to 32.
 *
 * @param type NumPy's name for the type, after the order of bytes: `"<f8"`, `"|u1"`
 * @param bytes in C order; exactly as many as the array has. They are copied
 * @throws Error for an unknown type, and for more or fewer bytes
 */
export function readNumpyValues(type: string, shape: readonly number[], bytes: Uint8Array): TypedArray {
  // Every machine that runs Node is little-endian.
  const reader = type.startsWith(">") ? undefined : readers[type.slice(1)];
  if (reader === undefined) {
    throw new Error(`an array of NumPy type "${type}" cannot be read. Known are ${Object.keys(readers).join(", ")}`);
  }
  const expected = sizeFromShape(shape) * reader.bytes;
  if (bytes.length !== expected) {
    throw new Error(
      `an array of type ${type} and shape [${shape}] has ${expected} bytes but ${bytes.length} were found`,
    );
  }
  return reader.read(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
}
