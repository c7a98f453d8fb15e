/** How a series is drawn: what pyplot says with `"bo"` or `"r--"`. */
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
 * @throws RangeError for a part that means nothing
 * @see https://matplotlib.org/stable/api/_as_gen/matplotlib.pyplot.plot.html, "Format strings"
 */
export function parseFormat(format: string, palette: readonly string[]): SeriesStyle {
  const style: { color?: string; marker?: string; dash?: readonly number[] } = {};
  let rest = format;
  const take = (length: number) => {
    rest = rest.slice(length);
  };
  while (rest !== "") {
    const line = ["--", "-.", ":", "-"].find((one) => rest.startsWith(one));
    const nth = /^C(\d)/.exec(rest);
    const letter = rest.charAt(0);
    if (nth) {
      style.color = palette[Number(nth[1])] ?? "black";
      take(2);
    } else if (line !== undefined && style.dash === undefined) {
      style.dash = dashes[line] ?? [];
      take(line.length);
    } else if (colors[letter] !== undefined && style.color === undefined) {
      style.color = colors[letter];
      take(1);
    } else if (markers[letter] !== undefined && style.marker === undefined) {
      style.marker = markers[letter];
      take(1);
    } else {
      throw new RangeError(
        `Unknown format string "${format}" at "${rest}". Expected a colour (${Object.keys(colors).join(" ")} or C0-C9), ` +
          `a marker (${Object.keys(markers).join(" ")}) and a line (- -- -. :), such as "bo" or "r--".`,
      );
    }
  }
  if (style.marker === undefined && style.dash === undefined) style.dash = [];
  return style;
}
