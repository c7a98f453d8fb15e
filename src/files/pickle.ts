import type { TypedArray } from "../backend/rows";
import { sizeFromShape } from "../backend/shapes";
import { readNumpyValues } from "./numpy_values";

/** An array of a pickle, in C order: numbers, or objects if its type is `"|O"`. */
export class PickledArray {
  shape: number[] = [];
  values: TypedArray | PickledObject[] = [];
}

/** What a pickle of data holds. Python 2's strings and bytes are bytes; a dictionary's keys are strings. */
export type PickledObject =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickledArray
  | PickledObject[]
  | Map<string, PickledObject>;

class DType {
  order = "|";
  constructor(readonly code: string) {}
}

type NumpyName = "ndarray" | "dtype" | "_reconstruct";
class Global {
  constructor(readonly name: NumpyName) {}
}

// The names that NumPy's arrays need, before and after NumPy 2; any other name could run code.
const globals: { readonly [path: string]: NumpyName } = {
  "numpy ndarray": "ndarray",
  "numpy dtype": "dtype",
  "numpy.core.multiarray _reconstruct": "_reconstruct",
  "numpy._core.multiarray _reconstruct": "_reconstruct",
};

type Item = PickledObject | DType | Global;

const text = (item: Item | undefined) => {
  if (typeof item === "string") return item;
  if (item instanceof Uint8Array) return Buffer.from(item).toString("latin1");
  throw new Error("this pickle has a name that is not a string");
};

/** The operations that build data. */
const operations = new Map<number, (machine: Unpickler) => unknown>([
  [0x4b, (machine) => machine.push(machine.uint(1))], // BININT1
  [0x4d, (machine) => machine.push(machine.uint(2))], // BININT2
  [0x4a, (machine) => machine.push(machine.bytes(4).readInt32LE())], // BININT
  [0x8a, (machine) => machine.push(machine.long(machine.uint(1)))], // LONG1
  [0x47, (machine) => machine.push(machine.bytes(8).readDoubleBE())], // BINFLOAT
  [0x4e, (machine) => machine.push(null)], // NONE
  [0x88, (machine) => machine.push(true)], // NEWTRUE
  [0x89, (machine) => machine.push(false)], // NEWFALSE
  [0x55, (machine) => machine.push(machine.bytes(machine.uint(1)))], // SHORT_BINSTRING
  [0x43, (machine) => machine.push(machine.bytes(machine.uint(1)))], // SHORT_BINBYTES
  [0x54, (machine) => machine.push(machine.bytes(machine.uint(4)))], // BINSTRING
  [0x42, (machine) => machine.push(machine.bytes(machine.uint(4)))], // BINBYTES
  [0x8e, (machine) => machine.push(machine.bytes(Number(machine.bytes(8).readBigUInt64LE())))], // BINBYTES8
  [0x8c, (machine) => machine.push(machine.bytes(machine.uint(1)).toString("utf8"))], // SHORT_BINUNICODE
  [0x58, (machine) => machine.push(machine.bytes(machine.uint(4)).toString("utf8"))], // BINUNICODE
  [0x5d, (machine) => machine.push([])], // EMPTY_LIST
  [0x61, (machine) => machine.append([machine.pop()])], // APPEND
  [0x65, (machine) => machine.append(machine.sinceMark())], // APPENDS
  [0x29, (machine) => machine.push([])], // EMPTY_TUPLE
  [0x85, (machine) => machine.push(machine.last(1) as PickledObject[])], // TUPLE1
  [0x86, (machine) => machine.push(machine.last(2) as PickledObject[])], // TUPLE2
  [0x87, (machine) => machine.push(machine.last(3) as PickledObject[])], // TUPLE3
  [0x74, (machine) => machine.push(machine.sinceMark() as PickledObject[])], // TUPLE
  [0x7d, (machine) => machine.push(new Map())], // EMPTY_DICT
  [0x73, (machine) => machine.set(machine.last(2))], // SETITEM
  [0x75, (machine) => machine.set(machine.sinceMark())], // SETITEMS
  [0x28, (machine) => machine.mark()], // MARK
  [0x71, (machine) => machine.remember(machine.uint(1))], // BINPUT
  [0x72, (machine) => machine.remember(machine.uint(4))], // LONG_BINPUT
  [0x94, (machine) => machine.remember()], // MEMOIZE
  [0x68, (machine) => machine.recall(machine.uint(1))], // BINGET
  [0x6a, (machine) => machine.recall(machine.uint(4))], // LONG_BINGET
  [0x80, (machine) => machine.bytes(1)], // PROTO
  [0x95, (machine) => machine.bytes(8)], // FRAME
  [0x63, (machine) => machine.global(machine.line(), machine.line())], // GLOBAL
  [0x93, (machine) => machine.global(...(machine.last(2).map(text) as [string, string]))], // STACK_GLOBAL
  [0x52, (machine) => machine.reduce(machine.pop(), machine.pop())], // REDUCE
  [0x62, (machine) => machine.build(machine.pop(), machine.top())], // BUILD
]);
const STOP = 0x2e;

/** The stack machine that a pickle is a program for. */
class Unpickler {
  readonly #file: Buffer;
  readonly #stack: Item[] = [];
  readonly #marks: number[] = [];
  readonly #memo: Item[] = [];
  #position = 0;

  constructor(file: Uint8Array) {
    this.#file = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  }

  load(): PickledObject {
    for (let code = this.uint(1); code !== STOP; code = this.uint(1)) {
      const operation = operations.get(code);
      if (operation === undefined) {
        throw new Error(
          `this pickle has an operation that data does not need (0x${code.toString(16)}), and is refused`,
        );
      }
      operation(this);
    }
    const item = this.pop();
    if (item instanceof DType || item instanceof Global) throw new Error("this pickle holds no data");
    return item;
  }

  #advance(count: number): number {
    const start = this.#position;
    this.#position += count;
    if (this.#position > this.#file.length) throw new Error("this pickle ends too early");
    return start;
  }

  uint(bytes: 1 | 2 | 4): number {
    const start = this.#advance(bytes);
    return bytes === 1 ? this.#file[start]! : this.#file.readUIntLE(start, bytes);
  }

  bytes(count: number): Buffer {
    return this.#file.subarray(this.#advance(count), this.#position);
  }

  line(): string {
    const length = this.#file.indexOf("\n", this.#position) - this.#position;
    if (length < 0) throw new Error("this pickle ends too early");
    return this.bytes(length + 1).toString("latin1", 0, length);
  }

  long(bytes: number): number {
    if (bytes === 0) return 0;
    const digits = this.bytes(bytes);
    if (bytes > 6) throw new RangeError("this pickle has an integer of more than 48 bits");
    return digits.readIntLE(0, bytes);
  }

  push(item: Item): void {
    this.#stack.push(item);
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  top(): Item {
    this.#need(1);
    return this.#stack.at(-1)!;
  }

  pop(): Item {
    this.#need(1);
    return this.#stack.pop()!;
  }

  /** The last `count` items, taken off the stack. */
  last(count: number): Item[] {
    this.#need(count);
    return this.#stack.splice(-count);
  }

  #need(count: number): void {
    const since = this.#stack.length - (this.#marks.at(-1) ?? 0);
    if (since < count) throw new Error("this pickle takes more than it has put");
  }

  /** The items after the last mark, taken off the stack. */
  sinceMark(): Item[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new Error("this pickle has no mark where it needs one");
    return this.#stack.splice(mark);
  }

  append(items: Item[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new Error("this pickle appends to something that is not a list");
    for (const item of items) list.push(item as PickledObject);
  }

  set(items: Item[]): void {
    const dictionary = this.top();
    if (!(dictionary instanceof Map)) throw new Error("this pickle sets an item of something that is not a dictionary");
    for (let i = 0; i + 1 < items.length; i += 2) dictionary.set(text(items[i]), items[i + 1] as PickledObject);
  }

  remember(index = this.#memo.length): void {
    this.#memo[index] = this.top();
  }

  recall(index: number): void {
    const item = this.#memo[index];
    if (item === undefined) throw new Error("this pickle recalls what it has not kept");
    this.push(item);
  }

  global(module: string, name: string): void {
    const path = `${module} ${name}`;
    if (!Object.hasOwn(globals, path)) {
      throw new Error(
        `this pickle asks for ${module}.${name}, which data does not need, and is refused: it may be hostile`,
      );
    }
    this.push(new Global(globals[path]!));
  }

  reduce(args: Item, called: Item): void {
    const name = called instanceof Global ? called.name : undefined;
    if (name === "_reconstruct") this.push(new PickledArray());
    else if (name === "dtype" && Array.isArray(args)) this.push(new DType(text(args[0])));
    else throw new Error("this pickle calls what data does not call, and is refused");
  }

  build(state: Item, target: Item): void {
    if (!Array.isArray(state)) throw new Error("this pickle has an array without a state");
    if (target instanceof DType) {
      target.order = text(state[1]);
      return;
    }
    const [, shape, type, fortran, content] = state as Item[];
    if (!(target instanceof PickledArray) || !Array.isArray(shape) || !(type instanceof DType) || fortran === true) {
      throw new Error("this pickle has an array that cannot be read");
    }
    target.shape = shape.map(Number);
    if (type.code.startsWith("O") && Array.isArray(content) && content.length === sizeFromShape(target.shape)) {
      target.values = content;
    } else if (content instanceof Uint8Array) {
      target.values = readNumpyValues(type.order + type.code, target.shape, content);
    } else throw new Error("this pickle has an array whose content does not fit its shape");
  }
}

/**
 * Reads a pickle that holds data: numbers, strings, bytes, lists, tuples, dictionaries and NumPy arrays. Nothing in it is
 * ever called; a pickle that asks for any Python name but the three of NumPy's arrays is refused.
 *
 * @throws Error if it is damaged, or holds anything else
 * @see https://docs.python.org/3/library/pickletools.html
 */
export function loadPickle(file: Uint8Array): PickledObject {
  return new Unpickler(file).load();
}
