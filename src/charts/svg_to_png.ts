import { libraries } from "../libraries";
import { fontsFor } from "./fonts";
import { font } from "./vega_lite";

/** Paints an SVG document on white, one pixel for each of its units, with the fonts of this machine. */
export function svgToPng(svg: string): Buffer {
  const { options, family } = fontsFor(svg);
  const written = family === undefined ? svg : svg.replaceAll(font, family);
  return new libraries.resvg.Resvg(withoutOuterLayers(written), { background: "white", font: options })
    .render()
    .asPng();
}

let fonts: boolean | undefined;
/** Whether this machine has a font; without one a PNG would show a chart's lines and no words. */
export function hasFonts(): boolean {
  if (fonts === undefined) {
    const text = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="15">ab</text></svg>';
    fonts = new libraries.resvg.Resvg(text, { font: fontsFor("ab").options }).innerBBox() !== undefined;
  }
  return fonts;
}

/**
 * The same picture without layers that may lie wholly outside of it, for which resvg 2.6.2 ends the process. Clipped groups
 * and transparent shapes are layers: a shape's opacity becomes that of its parts, a group gets an invisible corner inside.
 */
function withoutOuterLayers(svg: string): string {
  return svg
    .replace(/<(?:path|line|rect|circle|text|use)\b[^>]*>/g, withTransparentParts)
    .replace(/<g\b[^>]*(?:clip-path|\bopacity)[^>]*[^/]>/g, '$&<rect width="1" height="1" fill-opacity="0"/>');
}

function withTransparentParts(tag: string): string {
  const opacity = / opacity="([^"]*)"|(?<![\w-])opacity: ?([\d.]+);?/.exec(tag);
  const share = Number(opacity?.[1] ?? opacity?.[2] ?? 1);
  if (!opacity || share === 1) return tag;
  const parts = ["fill-opacity", "stroke-opacity"].map((name) => {
    const own = new RegExp(`${name}(?:="|: ?)([\\d.]+)`).exec(tag)?.[1] ?? 1;
    return `${name}: ${Number(own) * share}`;
  });
  const opaque = tag.replace(opacity[0], "");
  const style = /style="([^"]*)"/.exec(opaque);
  if (style) return opaque.replace(style[0], `style="${style[1]};${parts.join(";")}"`);
  return opaque.replace(/^<\w+/, `$& style="${parts.join(";")}"`);
}
