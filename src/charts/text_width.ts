/** Width of a text in em. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += emWidth(character);
  return width;
}

/** Width of a character in em. Vega's estimate without a canvas, 0.8, is too wide for Latin and too narrow for Hangul. */
export function emWidth(character: string): number {
  if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character)) return 0.95;
  if (/[A-Z@%&mwMW]/.test(character)) return 0.72;
  return /[iljtf.,:;'!|()[\] ]/.test(character) ? 0.3 : 0.55;
}
