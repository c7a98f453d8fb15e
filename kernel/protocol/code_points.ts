/**
 * Jupyter counts cursor positions in Unicode code points, JavaScript in UTF-16 units: "🙂" is one code point and two units.
 */

export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  for (let n = 0; n < codePoints && offset < text.length; n++)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

export function toCodePoints(text: string, offset: number): number {
  let codePoints = 0;
  for (const _ of text.slice(0, offset)) codePoints++;
  return codePoints;
}
