/** How a series is drawn: what `"bo"` or `"r--"` means. */
export interface SeriesStyle {
  readonly color?: string;
  /** A Vega point shape, or undefined for no markers. */
  readonly marker?: string;
  /** Dashes as Vega wants them, `[]` for a solid line, or undefined for no line. */
  readonly dash?: readonly number[];
}

const colors: { readonly [letter: string]: string } = {
  b: "#0000ff",
  g: "#008000",
  r: "#ff0000",
  c: "#00bfbf",
  m: "#bf00bf",
  y: "#bfbf00",
  k: "#000000",
  w: "#ffffff",
};

const cross = "M-1,-1L1,1M-1,1L1,-1";
const markers: { readonly [letter: string]: string } = {
  o: "circle",
  ".": "circle",
  ",": "circle",
  s: "square",
  "^": "triangle-up",
  v: "triangle-down",
  "<": "triangle-left",
  ">": "triangle-right",
  D: "diamond",
  d: "diamond",
  "+": "M-1,0L1,0M0,-1L0,1",
  x: cross,
  "*": `${cross}M0,-1.2L0,1.2`,
};

const dashes: { readonly [line: string]: readonly number[] } = {
  "--": [6, 4],
  "-.": [6, 3, 2, 3],
  ":": [2, 3],
  "-": [],
};

/**
 * Reads pyplot's format string `[color][marker][line]`, in any order: `"bo"`, `"r--"`, `"C1-"`.
 *
 * @throws RangeError for a part without a meaning
 * @see https://matplotlib.org/stable/api/_as_gen/matplotlib.pyplot.plot.html
 */
export function parseFormat(format: string, palette: readonly string[]): SeriesStyle {
  const style: { -readonly [Part in keyof SeriesStyle]: SeriesStyle[Part] } = {};
  let rest = format;
  while (rest !== "") {
    const line = Object.keys(dashes).find((one) => rest.startsWith(one));
    const nth = /^C(\d)/.exec(rest);
    const letter = rest.charAt(0);
    let taken = 1;
    if (nth) {
      style.color = palette[Number(nth[1])] ?? "black";
      taken = 2;
    } else if (line !== undefined && style.dash === undefined) {
      style.dash = dashes[line]!;
      taken = line.length;
    } else if (colors[letter] !== undefined && style.color === undefined) style.color = colors[letter];
    else if (markers[letter] !== undefined && style.marker === undefined) style.marker = markers[letter];
    else {
      throw new RangeError(
        `Unknown format string "${format}" at "${rest}". Expected a color (${Object.keys(colors).join(" ")} or C0-C9), ` +
          `a marker (${Object.keys(markers).join(" ")}) and a line (- -- -. :), such as "bo" or "r--".`,
      );
    }
    rest = rest.slice(taken);
  }
  if (style.marker === undefined && style.dash === undefined) style.dash = [];
  return style;
}
