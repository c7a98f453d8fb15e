import { closest, distance } from "fastest-levenshtein";
import { describe } from "./describe";

const plain = (word: string) => word.toLowerCase().replaceAll(/[_\s-]/g, "");

/**
 * The sentence that suggests what was meant: `Did you mean "epochs"?`, or an empty string if no candidate is close.
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
 * The value of a name in a table, spelled exactly or in another case and with or without `_`, `-` and spaces, because
 * Keras writes one name as `snake_case`, `camelCase` and `ClassName`.
 *
 * @param kind what is looked up, for the error: `"optimizer"`
 * @throws RangeError with a suggestion if there is no such name, or if `word` is not a string
 */
export function lookUp<T>(kind: string, word: string, table: { readonly [name: string]: T }): T {
  const names = Object.keys(table);
  // Untyped callers can pass anything.
  if (typeof word !== "string")
    throw new RangeError(`Expected a ${kind}, ${names.join(", ")}, but found ${describe(word)}.`);
  if (Object.hasOwn(table, word)) return table[word] as T;
  const target = plain(word);
  for (const [name, value] of Object.entries(table)) if (plain(name) === target) return value;
  throw new RangeError(`Unknown ${kind} "${word}". ${didYouMean(word, names) || `Known are ${names.join(", ")}.`}`);
}
