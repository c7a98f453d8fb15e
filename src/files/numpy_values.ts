import type { TypedArray } from "../backend/rows";
import { sizeFromShape } from "../backend/shapes";

const types = {
  b1: Uint8Array,
  u1: Uint8Array,
  i1: Int8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
  i8: BigInt64Array,
  u8: BigUint64Array,
};

function narrow(values: BigInt64Array | BigUint64Array): Int32Array {
  const narrowed = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    narrowed[i] = value;
    if (narrowed[i] !== value) throw new RangeError(`the integer ${values[i]} does not fit into 32 bits`);
  }
  return narrowed;
}

/**
 * Copies an array's numbers from bytes in C order. Integers of 64 bits are narrowed to 32.
 *
 * @param type NumPy's: `"<f8"`, `"|u1"`
 * @throws Error for an unknown type, and for more or fewer bytes
 */
export function readNumpyValues(type: string, shape: readonly number[], bytes: Uint8Array): TypedArray {
  const name = type.slice(1);
  // Every machine that runs Node is little-endian.
  if (type.startsWith(">") || !Object.hasOwn(types, name)) {
    throw new Error(`an array of NumPy type "${type}" cannot be read. Known are ${Object.keys(types).join(", ")}`);
  }
  const NumberArray = types[name as keyof typeof types];
  const expected = sizeFromShape(shape) * NumberArray.BYTES_PER_ELEMENT;
  if (bytes.length !== expected) {
    throw new Error(
      `an array of type ${type} and shape [${shape}] has ${expected} bytes but ${bytes.length} were found`,
    );
  }
  const values = new NumberArray(new Uint8Array(bytes).buffer);
  return values instanceof BigInt64Array || values instanceof BigUint64Array ? narrow(values) : values;
}
