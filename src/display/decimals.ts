/** Numbers as Python's `format` writes them. A tie goes to the even digit, where JavaScript rounds it up: 0.40625 is 0.4062. */

// toFixed and toExponential are exact; a double that is no tie has its last digit elsewhere within so many.
const EXACT = 100;

/** `exact` cut after `digits` decimals, if what is cut off is exactly a half and the digit before it even. */
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
  return written.replace(/e([+-])(\d)$/, "e$10$2");
}
