/**
 * Jupyter counts cursor positions in Unicode code points, JavaScript in UTF-16 units: "🙂" is one code point and two units.
 */

/** The UTF-16 offset of a code point offset, at most the length of the text. */
export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (let n = 0; n < codePoints && offset < text.length; n++)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

/** The code point offset of a UTF-16 offset. */
export function toCodePoints(text: string, offset: number): number {
  let codePoints = 0;
  for (const _ of text.slice(0, offset)) codePoints++;
  return codePoints;
}
