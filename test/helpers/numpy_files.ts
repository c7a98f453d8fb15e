import { zipSync } from "fflate";

/** Numbers with a shape, to be written as NumPy writes them. */
export type Writable = {
  readonly shape: readonly number[];
  readonly values: ArrayBufferView & ArrayLike<number | bigint>;
};

const types = new Map<unknown, string>([
  [Uint8Array, "|u1"],
  [BigInt64Array, "<i8"],
  [Int32Array, "<i4"],
  [Float32Array, "<f4"],
  [Float64Array, "<f8"],
]);

const tuple = (shape: readonly number[]) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);

function npyHeader(type: string, shape: readonly number[]): Buffer {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple(shape)}, }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(padded.length);
  return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, Buffer.from(padded, "latin1")]);
}

const bytesOf = (values: ArrayBufferView) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** An `.npy` file of numbers. */
export function npy({ shape, values }: Writable): Buffer {
  const type = types.get(values.constructor);
  if (type === undefined) throw new TypeError(`No NumPy type for ${values.constructor.name}`);
  return Buffer.concat([npyHeader(type, shape), bytesOf(values)]);
}

/** An `.npz` archive. */
export function npz(arrays: { readonly [name: string]: Buffer }): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(arrays).map(([name, file]) => [`${name}.npy`, file])), { level: 6 });
}

const code = (...bytes: number[]): Buffer => Buffer.from(bytes);

/** The pickle operations that data is made of. */
export const pickle = {
  code,
  int(value: number): Buffer {
    if (value >= 0 && value < 256) return code(0x4b, value);
    if (value >= 0 && value < 65536) return code(0x4d, value & 255, value >> 8);
    const long = Buffer.alloc(5, 0x4a);
    long.writeInt32LE(value, 1);
    return long;
  },
  /** A string of Python 2. */
  string(text: string): Buffer {
    return Buffer.concat([code(0x55, text.length), Buffer.from(text, "latin1")]);
  },
  bytes(content: Uint8Array): Buffer {
    const head = Buffer.alloc(5, 0x54);
    head.writeUInt32LE(content.length, 1);
    return Buffer.concat([head, content]);
  },
  list(items: readonly Buffer[]): Buffer {
    const parts: Buffer[] = [code(0x5d)];
    for (let i = 0; i < items.length; i += 1000) parts.push(code(0x28), ...items.slice(i, i + 1000), code(0x65));
    return Buffer.concat(parts);
  },
  /** A list of numbers from 0 to 65535; the real IMDB has eleven million of them. */
  listOfInts(numbers: ArrayLike<number>): Buffer {
    const content = Buffer.alloc(3 + 5 * numbers.length);
    let end = content.writeUInt8(0x5d);
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] as number;
      if (i % 1000 === 0) end = content.writeUInt8(0x28, end);
      if (number < 256) end = content.writeUInt16BE(0x4b00 + number, end);
      else end = content.writeUInt16LE(number, content.writeUInt8(0x4d, end));
      if (i % 1000 === 999 || i === numbers.length - 1) end = content.writeUInt8(0x65, end);
    }
    return content.subarray(0, end);
  },
  global(module: string, name: string): Buffer {
    return Buffer.from(`c${module}\n${name}\n`, "latin1");
  },
  /** An array of a NumPy type (`"u1"`, `"O8"`) whose state ends with `content`. */
  array(type: string, shape: readonly number[], content: Buffer): Buffer {
    const { int, string, global } = pickle;
    // NumPy's flags of a type whose elements are Python objects.
    const flags = type.startsWith("O") ? 63 : 0;
    return Buffer.concat([
      ...[global("numpy.core.multiarray", "_reconstruct"), global("numpy", "ndarray"), int(0), code(0x85), string("b")],
      ...[
        code(0x87, 0x52, 0x28),
        int(1),
        code(0x28),
        ...shape.map(int),
        code(0x74),
        global("numpy", "dtype"),
        string(type),
      ],
      ...[
        int(0),
        int(1),
        code(0x87, 0x52, 0x28),
        int(3),
        string("|"),
        code(0x4e, 0x4e, 0x4e),
        int(-1),
        int(-1),
        int(flags),
      ],
      ...[code(0x74, 0x62, 0x89), content, code(0x74, 0x62)],
    ]);
  },
  /** A whole pickle of protocol 2. */
  file(content: Buffer): Buffer {
    return Buffer.concat([code(0x80, 2), content, code(0x2e)]);
  },
};

/** An `.npy` file with an array of lists, as NumPy saved the texts of IMDB and Reuters. */
export function npyOfLists(lists: readonly ArrayLike<number>[]): Buffer {
  const content = pickle.list(lists.map(pickle.listOfInts));
  return Buffer.concat([npyHeader("|O", [lists.length]), pickle.file(pickle.array("O8", [lists.length], content))]);
}
