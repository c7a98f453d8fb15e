import * as library from "../../src/index";
import { type Declaration, declarations } from "./declarations";
import { anyTensor, instances, type Row, rows } from "./rows";

type Callable = (...args: unknown[]) => unknown;

/** A call that the sweep can make. */
export interface Subject {
  readonly declaration: Declaration;
  readonly row: Row;
  /** What an error may call it: an alias has the name of the class. */
  readonly names: readonly string[];
  readonly args: () => unknown[];
  readonly call: (args: readonly unknown[]) => Promise<unknown>;
}

const at = (path: string): unknown =>
  path.split(".").reduce<unknown>((value, part) => (value as { [name: string]: unknown })[part], library);

function subjectOf(declaration: Declaration): Subject {
  const { path, parameters } = declaration;
  const row = rows[path];
  const [owner = "", method] = path.split("#");
  const args = () =>
    row?.args === undefined
      ? parameters.filter((one) => !one.optional).map((one) => (one.takesTensor ? anyTensor() : undefined))
      : [...row.args()];
  const call = async (given: readonly unknown[]) => {
    if (method === undefined) {
      const called = at(owner) as Callable;
      const made = await (/^class/.test(Function.prototype.toString.call(called))
        ? Reflect.construct(called, given)
        : called(...given));
      // A generator does nothing before its first value is asked for.
      return made instanceof Object && "next" in made ? (made as Iterator<unknown>).next() : made;
    }
    const object = (row?.on ?? instances[owner])?.() as { [name: string]: Callable };
    return await object[method]?.(...given);
  };
  const value = method === undefined ? at(owner) : undefined;
  const className = (value as { className?: string } | undefined)?.className;
  const names = [path.split(/[.#]/).at(-1) as string, ...(className === undefined ? [] : [className])];
  return { declaration, row: row ?? {}, names, args, call };
}

/** The arguments of a call with options added. */
export function withOptions(subject: Subject, options: object): unknown[] {
  const args = subject.args();
  const { bag } = subject.declaration;
  const last = args.at(-1);
  const plain = (value: unknown) =>
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  const index =
    bag?.index === -1
      ? plain(last)
        ? args.length - 1
        : args.length
      : plain(last)
        ? args.length - 1
        : Math.max(bag?.index ?? 0, 0);
  const given = plain(args[index]) ? (args[index] as object) : {};
  args[index] = { ...given, ...options };
  return args;
}

/** All that is exported, and the methods that have a row. */
export function subjects(): Subject[] {
  const methods = Object.keys(rows).filter((name) => name.includes("#"));
  const classes = [...new Set([...methods.map((name) => name.split("#")[0] as string), ...Object.keys(instances)])];
  const found = declarations(classes).filter(
    ({ path }) => !path.includes("#") || methods.includes(path) || (path.split("#")[0] as string) in instances,
  );
  const unknown = Object.keys(rows).filter((name) => !found.some(({ path }) => path === name));
  if (unknown.length > 0) throw new Error(`Rows for what is not exported: ${unknown.join(", ")}`);
  return found.map(subjectOf);
}
