import { longExponent, oddText } from "./decimals";

/** The float32 numbers of one array as NumPy writes them: the fewest digits that tell them apart, points aligned. */

const digitsMost = 8;
const exponentCutoff = 1e6; // NumPy ≥ 2.3, for float32: its 6 sure digits

/** `toExponential`, but a tie goes to the even digit as in NumPy. */
function exponential(value: number, digits: number): string {
  const finer = value.toExponential(digits + 1);
  const tie = /^(-?[\d.]*[02468])(\.?)5(e.*)$/.exec(finer);
  return tie && Number(finer) === value ? `${tie[1]}${tie[3]}` : value.toExponential(digits);
}

/** The decimal with the fewest significant digits that is this float32, as `d.ddde±xx`. */
function shortest(value: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = exponential(value, digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return exponential(value, 9);
}

/** Integer digits and at most eight fractional digits without trailing zeros: `["12", "5"]`. */
function positional(value: number): readonly [string, string] {
  const size = Math.abs(value);
  const [digits = "", exponent = "0"] = shortest(size).split("e");
  const cut = digitsMost + Number(exponent) < digits.replace(".", "").length - 1;
  const [whole = "", fraction = ""] = expand(cut ? exponential(size, digitsMost + Number(exponent)) : shortest(size));
  return [signOf(value) + whole, fraction.replace(/0+$/, "")];
}

const signOf = (value: number) => (value < 0 || Object.is(value, -0) ? "-" : "");

/** Places the point in `d.ddde±xx`; a JavaScript number would add the digits of a double. */
function expand(text: string): readonly [whole: string, fraction: string] {
  const [digits = "", power = "0"] = text.split("e");
  const all = digits.replace(".", "");
  const exponent = Number(power);
  if (exponent < 0) return ["0", "0".repeat(-exponent - 1) + all];
  const padded = all.padEnd(exponent + 1, "0");
  return [padded.slice(0, exponent + 1), padded.slice(exponent + 1)];
}

/** `d.ddd` with `digits` fractional digits and an exponent of at least two: `1.50e-05`. */
function scientific(value: number, digits: number): string {
  const short = shortest(value);
  const written = longExponent(fractionOf(short).length < digits ? exponential(value, digits) : short);
  return (Object.is(value, -0) ? "-" : "") + (written.includes(".") ? written : written.replace("e", ".e"));
}

const fractionOf = (text: string) => text.split("e")[0]!.split(".")[1] ?? "";

/**
 * A function that writes each of the values in the same width, as NumPy's `floatmode="maxprec"` does.
 *
 * @param values float32 numbers that are shown together
 * @see https://numpy.org/doc/stable/reference/generated/numpy.array2string.html
 */
export function floatFormat(values: readonly number[]): (value: number) => string {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  const most = Math.max(...sizes);
  const least = Math.min(...sizes);
  const exponents = sizes.length > 0 && (most >= exponentCutoff || least < 1e-4 || Math.fround(most / least) > 1000);
  const fractions = finite.map((value) => (exponents ? fractionOf(shortest(value)) : positional(value)[1]));
  const digits = Math.max(0, ...fractions.map(({ length }) => length));
  const text = (value: number) => {
    if (!Number.isFinite(value)) return oddText(value);
    if (exponents) return scientific(value, digits);
    const [whole, fraction] = positional(value);
    return `${whole}.${fraction.padEnd(digits)}`;
  };
  const width = Math.max(0, ...values.map((value) => text(value).length));
  return (value) => text(value).padStart(width);
}

/** One float32 as Python's `print` writes a NumPy scalar: `0.1`, `1.0`, `1e-05`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return oddText(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= exponentCutoff)) return longExponent(shortest(value));
  const [whole, fraction] = expand(shortest(size));
  return `${signOf(value)}${whole}.${fraction || "0"}`;
}
