import { describe } from "./describe";
import type { Kind, Kinds, KindsOf } from "./kinds";
import { didYouMean } from "./look_up";

export { describe } from "./describe";
export { didYouMean, lookUp } from "./look_up";

/**
 * Throws for an option that does not exist or has a wrong value.
 *
 * @param where what takes the options, as the user knows it: `"model.fit()"`
 * @param options the options given; undefined is no options
 * @param kinds what each option may be; one that is undefined counts as not given
 */
export function checkOptions<T extends object>(
  where: string,
  options: T | undefined,
  kinds: KindsOf<NoInfer<T>>,
): void {
  checkTable(where, options, kinds as Kinds);
}

/** {@link checkOptions} for a base class, which cannot know the type of its subclasses' options. */
export function checkTable(where: string, options: unknown, kinds: Kinds): void {
  if (options === undefined) return;
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

/** {@link checkOptions} for a function that is also called with `this` of a class, whose options were checked when it was made. */
export function checkCallOptions<T extends object>(where: string, options: T, kinds: KindsOf<NoInfer<T>>): void {
  if (Object.getPrototypeOf(options) === Object.prototype) checkOptions<T>(where, options, kinds);
}

/**
 * `value`, if it is what an option or an argument may be.
 *
 * @param where what takes it, as the user knows it: `"EarlyStopping()"`
 * @throws RangeError for a wrong number, and wherever a word is expected; TypeError otherwise
 */
export function checked<T>(where: string, name: string, value: T, kind: Kind): T {
  if (kind.accepts(value)) return value;
  const hint = typeof value === "string" ? didYouMean(value, kind.words ?? []) : "";
  const message = `${where} expected ${name} to be ${kind.expected} but found ${describe(value)}.`;
  const Mistake = typeof value === "number" || kind.words !== undefined ? RangeError : TypeError;
  throw new Mistake(hint === "" ? message : `${message} ${hint}`);
}

/** What `read` returns; its error is rethrown with the name of the option and of what takes it. */
export function reading<T>(where: string, name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const Mistake = error instanceof RangeError ? RangeError : TypeError;
    throw new Mistake(`${where}, ${name}: ${(error as Error).message}`, { cause: error });
  }
}
