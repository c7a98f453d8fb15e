import { type NumpyValues, readNumpyValues, sizeOf } from "./numpy_values";

/** An array of a pickle, in C order: numbers, or objects if its type is `"|O"`. */
export class PickledArray {
  shape: number[] = [];
  values: NumpyValues | PickledObject[] = [];
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

type Global = "ndarray" | "dtype" | "_reconstruct";
class Allowed {
  constructor(readonly name: Global) {}
}

// Exactly what NumPy's arrays are made of, before and after NumPy 2; anything else could run code.
const allowed: { readonly [path: string]: Global } = {
  "numpy ndarray": "ndarray",
  "numpy dtype": "dtype",
  "numpy.core.multiarray _reconstruct": "_reconstruct",
  "numpy._core.multiarray _reconstruct": "_reconstruct",
};

type Item = PickledObject | DType | Allowed;

const text = (item: Item | undefined) => {
  if (typeof item === "string") return item;
  if (item instanceof Uint8Array) return Buffer.from(item).toString("latin1");
  throw new Error("this pickle has a name that is no string");
};

/** The pickle machine: it knows the operations that build data and the three names that build NumPy's arrays. */
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
    for (;;) {
      const operation = this.#uint(1);
      if (operation === 0x2e) return this.#data(this.#pop());
      this.#run(operation);
    }
  }

  #run(operation: number): void {
    const stack = this.#stack;
    switch (operation) {
      case 0x4b: // BININT1
        stack.push(this.#uint(1));
        break;
      case 0x4d: // BININT2
        stack.push(this.#uint(2));
        break;
      case 0x4a: // BININT
        stack.push(this.#bytes(4).readInt32LE());
        break;
      case 0x28: // MARK
        this.#marks.push(stack.length);
        break;
      case 0x65: // APPENDS
        this.#append(this.#sinceMark());
        break;
      case 0x61: // APPEND
        this.#append([this.#pop()]);
        break;
      case 0x5d: // EMPTY_LIST
        stack.push([]);
        break;
      case 0x71: // BINPUT
        this.#memo[this.#uint(1)] = this.#top();
        break;
      case 0x72: // LONG_BINPUT
        this.#memo[this.#uint(4)] = this.#top();
        break;
      case 0x94: // MEMOIZE
        this.#memo.push(this.#top());
        break;
      case 0x68: // BINGET
        this.#recall(this.#uint(1));
        break;
      case 0x6a: // LONG_BINGET
        this.#recall(this.#uint(4));
        break;
      case 0x80: // PROTO
        this.#bytes(1);
        break;
      case 0x95: // FRAME
        this.#bytes(8);
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
        stack.push(true);
        break;
      case 0x89: // NEWFALSE
        stack.push(false);
        break;
      case 0x8a: // LONG1
        stack.push(this.#long(this.#uint(1)));
        break;
      case 0x47: // BINFLOAT
        stack.push(this.#bytes(8).readDoubleBE());
        break;
      case 0x55: // SHORT_BINSTRING
      case 0x43: // SHORT_BINBYTES
        stack.push(this.#bytes(this.#uint(1)));
        break;
      case 0x54: // BINSTRING
      case 0x42: // BINBYTES
        stack.push(this.#bytes(this.#uint(4)));
        break;
      case 0x8e: // BINBYTES8
        stack.push(this.#bytes(Number(this.#bytes(8).readBigUInt64LE())));
        break;
      case 0x8c: // SHORT_BINUNICODE
        stack.push(this.#bytes(this.#uint(1)).toString("utf8"));
        break;
      case 0x58: // BINUNICODE
        stack.push(this.#bytes(this.#uint(4)).toString("utf8"));
        break;
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        stack.push(this.#last(operation - 0x84) as PickledObject[]);
        break;
      case 0x74: // TUPLE
        stack.push(this.#sinceMark() as PickledObject[]);
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        break;
      case 0x73: // SETITEM
        this.#set(this.#last(2));
        break;
      case 0x75: // SETITEMS
        this.#set(this.#sinceMark());
        break;
      case 0x63: // GLOBAL
        this.#global(this.#line(), this.#line());
        break;
      case 0x93: // STACK_GLOBAL
        this.#global(...(this.#last(2).map(text) as [string, string]));
        break;
      case 0x52: // REDUCE
        this.#reduce(this.#pop(), this.#pop());
        break;
      case 0x62: // BUILD
        this.#build(this.#pop(), this.#top());
        break;
      default:
        throw new Error(
          `this pickle has an operation that data does not need (0x${operation.toString(16)}), and is refused`,
        );
    }
  }

  #uint(bytes: 1 | 2 | 4): number {
    const start = this.#position;
    this.#position += bytes;
    if (this.#position > this.#file.length) throw new Error("this pickle ends too early");
    return bytes === 1 ? this.#file[start]! : this.#file.readUIntLE(start, bytes);
  }

  #bytes(count: number): Buffer {
    const start = this.#position;
    this.#position += count;
    if (this.#position > this.#file.length) throw new Error("this pickle ends too early");
    return this.#file.subarray(start, this.#position);
  }

  #line(): string {
    const end = this.#file.indexOf(0x0a, this.#position);
    if (end < 0) throw new Error("this pickle ends too early");
    return this.#bytes(end + 1 - this.#position)
      .toString("latin1")
      .slice(0, -1);
  }

  #long(bytes: number): number {
    if (bytes === 0) return 0;
    const digits = this.#bytes(bytes);
    if (bytes > 6) throw new RangeError("this pickle has an integer of more than 48 bits");
    return digits.readIntLE(0, bytes);
  }

  #top(): Item {
    return this.#last(0, 1)[0] as Item;
  }

  #pop(): Item {
    return this.#last(1)[0] as Item;
  }

  /** The last `count` items, taken off the stack; with `peek`, the last items that stay there. */
  #last(count: number, peek = 0): Item[] {
    const from = this.#stack.length - count - peek;
    if (from < (this.#marks.at(-1) ?? 0)) throw new Error("this pickle takes more than it has put");
    return peek > 0 ? this.#stack.slice(from) : this.#stack.splice(from);
  }

  #sinceMark(): Item[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new Error("this pickle has no mark where it needs one");
    return this.#stack.splice(mark);
  }

  #append(items: Item[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw new Error("this pickle appends to what is no list");
    for (const item of items) list.push(item as PickledObject);
  }

  #set(items: Item[]): void {
    const dictionary = this.#top();
    if (!(dictionary instanceof Map)) throw new Error("this pickle sets an item of what is no dictionary");
    for (let i = 0; i + 1 < items.length; i += 2) dictionary.set(text(items[i]), items[i + 1] as PickledObject);
  }

  #recall(index: number): void {
    const item = this.#memo[index];
    if (item === undefined) throw new Error("this pickle recalls what it has not kept");
    this.#stack.push(item);
  }

  #global(module: string, name: string): void {
    const path = `${module} ${name}`;
    const known = Object.hasOwn(allowed, path) ? allowed[path] : undefined;
    if (known === undefined) {
      throw new Error(
        `this pickle asks for ${module}.${name}, which data does not need, and is refused: it may be hostile`,
      );
    }
    this.#stack.push(new Allowed(known));
  }

  #reduce(args: Item, called: Item): void {
    const name = called instanceof Allowed ? called.name : undefined;
    if (name === "_reconstruct") this.#stack.push(new PickledArray());
    else if (name === "dtype" && Array.isArray(args)) this.#stack.push(new DType(text(args[0])));
    else throw new Error("this pickle calls what data does not call, and is refused");
  }

  #build(state: Item, target: Item): void {
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
    if (type.code.startsWith("O") && Array.isArray(content) && content.length === sizeOf(target.shape)) {
      target.values = content;
    } else if (content instanceof Uint8Array) {
      target.values = readNumpyValues(type.order + type.code, target.shape, content);
    } else throw new Error("this pickle has an array whose content does not fit its shape");
  }

  #data(item: Item): PickledObject {
    if (item instanceof DType || item instanceof Allowed) throw new Error("this pickle holds no data");
    return item;
  }
}

/**
 * Reads a pickle that holds data: numbers, strings, bytes, lists, tuples, dictionaries and NumPy arrays. Nothing in it is
 * ever called; a pickle that asks for any Python name but the three of NumPy's arrays is refused.
 *
 * Source: docs.python.org/3/library/pickletools.html
 *
 * @throws Error if it is damaged, or holds anything else
 */
export function loadPickle(file: Uint8Array): PickledObject {
  return new Unpickler(file).load();
}
