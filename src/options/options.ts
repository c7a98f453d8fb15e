import { closest, distance } from "fastest-levenshtein";
import { type Kind, type Kinds, kindsOf, number } from "./kinds";
import type { NumberRange } from "./number_range";

const plain = (word: string) => word.toLowerCase().replaceAll(/[_\s-]/g, "");

/**
 * The sentence that suggests what was meant: `Did you mean "epochs"?`, or an empty string if nothing is near.
 *
 * @param word what was found
 * @param candidates what is known
 */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  if (known.length === 0) return "";
  const target = plain(word);
  const best = closest(target, known.map(plain));
  const near = known.find((name) => plain(name) === best);
  const limit = Math.max(2, Math.floor(target.length / 3));
  return near !== undefined && distance(target, best) <= limit ? `Did you mean "${near}"?` : "";
}

/**
 * Throws for an option that does not exist, or is not what it may be.
 *
 * @param where what takes the options, as the reader knows it: `"model.fit()"`
 * @param options the options given; undefined is no options
 * @param allowed the names that exist, or what each may be; one that is undefined counts as not given
 */
export function checkOptions(where: string, options: unknown, allowed: readonly string[] | Kinds): void {
  if (options === undefined) return;
  const kinds = kindsOf(allowed);
  const names = Object.keys(kinds);
  if (typeof options !== "object" || options === null || Array.isArray(options) || "dataId" in options) {
    throw new TypeError(
      `${where} takes its options as an object like { ${names[0]}: … }, but found ${describe(options)}.`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) {
      const hint = didYouMean(name, names) || `It takes ${names.join(", ")}.`;
      throw new TypeError(`${where} has no option "${name}". ${hint}`);
    }
    const kind = kinds[name];
    if (value !== undefined && kind !== undefined) checked(where, name, value, kind);
  }
}

/** {@link checkOptions} for a function that is also called with the object whose options were checked when it was made. */
export function checkCallOptions(where: string, options: object, kinds: Kinds): void {
  if (Object.getPrototypeOf(options) === Object.prototype) checkOptions(where, options, kinds);
}

/**
 * `value`, if it is what an option may be.
 *
 * @param where what takes the option, as the reader knows it: `"EarlyStopping()"`
 * @throws RangeError for a number or a word that is not allowed, TypeError for something else
 */
export function checked<T>(where: string, name: string, value: T, kind: Kind): T {
  if (kind.accepts(value)) return value;
  const hint = typeof value === "string" ? didYouMean(value, kind.words ?? []) : "";
  const message = `${where} expected ${name} to be ${kind.expected} but found ${describe(value)}.`;
  const Mistake = typeof value === "number" || kind.words !== undefined ? RangeError : TypeError;
  throw new Mistake(hint === "" ? message : `${message} ${hint}`);
}

/**
 * A number that an option gives, if it is one that makes sense.
 *
 * @param where what takes the option, as the reader knows it: `"EarlyStopping()"`
 * @throws RangeError for anything else than a number in the range
 */
export function numberOption(where: string, name: string, value: unknown, range: NumberRange): number {
  return checked(where, name, value, number(range)) as number;
}

/** What `read` makes of an option; its error then says which option, and whose. */
export function reading<T>(where: string, name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const Mistake = error instanceof RangeError ? RangeError : TypeError;
    throw new Mistake(`${where}, ${name}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Looks a string up among names that Keras spells in several ways: `snake_case`, `camelCase` and `ClassName`, in any case.
 *
 * @param kind what is looked up, for the error: `"optimizer"`
 * @throws RangeError with a suggestion if there is no such name, or if `word` is none
 */
export function lookUp<T>(kind: string, word: string, table: { readonly [name: string]: T }): T {
  const names = Object.keys(table);
  // Untyped callers can hand over anything.
  if (typeof word !== "string")
    throw new RangeError(`Expected a ${kind}, ${names.join(", ")}, but found ${describe(word)}.`);
  if (Object.hasOwn(table, word)) return table[word] as T;
  const target = plain(word);
  for (const [name, value] of Object.entries(table)) if (plain(name) === target) return value;
  throw new RangeError(`Unknown ${kind} "${word}". ${didYouMean(word, names) || `Known are ${names.join(", ")}.`}`);
}

/** A value in a few words, for an error message: `a string "adam"`, `an array of length 3`, `a tensor of shape [2,3]`. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "undefined";
  if (typeof value === "string") return `the string "${value}"`;
  if (typeof value === "function") return `a function${value.name === "" ? "" : ` ${value.name}`}`;
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (typeof value === "object") {
    const { shape } = value as { shape?: unknown };
    const kind = value.constructor?.name ?? "object";
    return Array.isArray(shape) ? `a ${kind} of shape [${shape.join(", ")}]` : `an object of type ${kind}`;
  }
  return `${typeof value} ${String(value)}`;
}
