import type { Group, File as Hdf5File } from "h5wasm" with { "resolution-mode": "import" };

/** One array of a file. */
export interface StoredArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | BigInt64Array;
}

/** What a file holds for one layer or optimizer: its name and its variables in order. */
export interface VariableGroup {
  /** Where, in Keras's layout: `"layers/dense"`; `""` for the model itself. */
  readonly path: string;
  /** The object's own name, for people who read the file. */
  readonly name: string;
  readonly arrays: readonly StoredArray[];
}

const SIGNATURE = "\x89HDF\r\n\x1a\n";

/** Whether bytes begin as an HDF5 file does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, SIGNATURE.length)).toString("latin1") === SIGNATURE;
}

async function library() {
  const { File, ready } = await import("h5wasm");
  const module = await ready;
  // Without this the library prints errors and continues.
  module.activate_throwing_error_handler();
  return { File, files: module.FS };
}

let count = 0;

/** Opens a file of these bytes, or a new one, in the library's memory while `work` runs; returns its bytes. */
async function withFile(bytes: Uint8Array | undefined, work: (file: Hdf5File) => void): Promise<Uint8Array> {
  const { File, files } = await library();
  const path = `/${count++}.h5`;
  if (bytes !== undefined) files.writeFile(path, bytes);
  try {
    const file = new File(path, bytes === undefined ? "w" : "r");
    try {
      work(file);
    } finally {
      file.close();
    }
    return bytes ?? Uint8Array.from(files.readFile(path) as Uint8Array);
  } finally {
    if (files.analyzePath(path, false).exists) files.unlink(path);
  }
}

/** Writes groups of variables in Keras's layout: the variables of `layers/dense` are `layers/dense/vars/0`, `…/1`. */
export function writeHdf5(groups: readonly VariableGroup[]): Promise<Uint8Array> {
  return withFile(undefined, (file) => {
    const made = new Map<string, Group>();
    const group = (path: string): Group => {
      const known = path === "" ? file : made.get(path);
      if (known !== undefined) return known;
      const cut = path.lastIndexOf("/");
      const created = group(path.slice(0, Math.max(cut, 0))).create_group(path.slice(cut + 1));
      made.set(path, created);
      return created;
    };
    for (const { path, name, arrays } of groups) {
      const target = group(`${path}/vars`.replace(/^\//, ""));
      target.create_attribute("name", name);
      for (const [i, { shape, values }] of arrays.entries()) {
        target.create_dataset({ name: String(i), data: values, shape: [...shape] });
      }
    }
  });
}

/** The variables in a file, by path: `"layers/dense"` → those of `layers/dense/vars`. */
export async function readHdf5(bytes: Uint8Array): Promise<Map<string, readonly StoredArray[]>> {
  const found = new Map<string, readonly StoredArray[]>();
  const visit = (group: Group, path: string): void => {
    for (const key of group.keys()) {
      const child = group.get(key);
      if (child === null || !("keys" in child)) continue;
      if (key === "vars") found.set(path, readArrays(child, path));
      else visit(child, path === "" ? key : `${path}/${key}`);
    }
  };
  try {
    await withFile(bytes, (file) => visit(file, ""));
  } catch (error) {
    throw new Error(reason(error), { cause: error });
  }
  return found;
}

function readArrays(group: Group, path: string): readonly StoredArray[] {
  const keys = group.keys();
  return keys.map((_, i) => {
    const dataset = group.get(String(i));
    if (dataset === null || !("shape" in dataset) || dataset.shape === null) {
      throw new Error(`${path}/vars should hold arrays 0 to ${keys.length - 1}, but found ${keys.join(", ")}`);
    }
    const { value, shape } = dataset;
    return { shape, values: toArray(value, `${path}/vars/${i}`) };
  });
}

function toArray(value: unknown, path: string): StoredArray["values"] {
  if (value instanceof Float32Array || value instanceof Int32Array || value instanceof BigInt64Array) return value;
  if (typeof value === "number") return new Float32Array([value]);
  if (typeof value === "bigint") return new BigInt64Array([value]);
  if (value instanceof Float64Array || value instanceof Uint8Array) return Float32Array.from(value);
  throw new Error(`${path} holds numbers of a type that cannot be read (it may be bfloat16 or a quantized model)`);
}

/** The last cause in the library's stack of errors, in its own words. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return [...message.matchAll(/#\d+: .*?\(\): (.*)/g)].at(-1)?.[1] ?? message;
}
