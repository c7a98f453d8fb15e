/** Numbers as Python's `format` writes them: a tie goes to the even digit, where JavaScript rounds up (0.40625 is 0.4062). */

// toFixed and toExponential are exact with this many digits: enough to tell a tie.
const EXACT = 100;

/** `exact` cut after `digits` decimals, if the rest is exactly a half and the last digit kept is even. */
function evenHalf(exact: string, digits: number): string | undefined {
  const end = exact.length - (EXACT - digits);
  const kept = exact.slice(0, end).replace(/\.$/, "");
  return /^50*$/.test(exact.slice(end)) && /[02468]$/.test(kept) ? kept : undefined;
}

/** `f"{value:.4f}"` for 4 digits. */
export function fixed(value: number, digits: number): string {
  return evenHalf(value.toFixed(EXACT), digits) ?? value.toFixed(digits);
}

/** `f"{value:.4e}"` for 4 digits: the exponent has two digits at least. */
export function scientific(value: number, digits: number): string {
  const [exact = "", power = ""] = value.toExponential(EXACT).split("e");
  const kept = evenHalf(exact, digits);
  const written = kept === undefined ? value.toExponential(digits) : `${kept}e${power}`;
  return longExponent(written);
}

/** `1e-5` → `1e-05`. */
export const longExponent = (text: string): string => text.replace(/e([+-])(\d)$/, "e$10$2");

/** A number that is not finite, as Python writes it. */
export const oddText = (value: number): string => (Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
