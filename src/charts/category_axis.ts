import stringWidth from "string-width";

// A letter's width and a line's height, in pixels, at the size of the labels.
const LETTER = 6;
const LINE = 22;

/** The axis below named bars: names are horizontal where they fit, oblique where lines fit, else vertical. */
export function categoryAxis(names: readonly string[], width: number): { readonly labelAngle: number } {
  const room = width / Math.max(names.length, 1);
  const longest = Math.max(...names.map((name) => stringWidth(name))) * LETTER;
  if (longest <= room) return { labelAngle: 0 };
  return { labelAngle: room >= LINE ? -45 : -90 };
}
