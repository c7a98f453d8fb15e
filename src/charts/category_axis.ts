import stringWidth from "string-width";

// Of a letter and of a line, at the size of the labels.
const LETTER = 6;
const LINE = 22;

/** The axis below named bars: the names lie where there is room, lean where there is some, and stand where there is little. */
export function categoryAxis(names: readonly string[], width: number): { readonly labelAngle: number } {
  const room = width / Math.max(names.length, 1);
  const longest = Math.max(...names.map((name) => stringWidth(name))) * LETTER;
  if (longest <= room) return { labelAngle: 0 };
  return { labelAngle: room >= LINE ? -45 : -90 };
}
