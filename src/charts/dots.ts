import { rgb } from "d3-color";
import { encodeTransparent, type Pixels } from "./pixels";
import type { Point } from "./series";
import { type Drawing, draw } from "./still_picture";
import { pointSize, type VegaLiteSpec } from "./vega_lite";

/** Fewer points than this are drawn by Vega, one shape each. */
const many = 1000;
/** Vega-Lite's own opacity of points. */
const defaultOpacity = 0.7;

interface PointLayer extends VegaLiteSpec {
  readonly data: { readonly values: readonly Point[] };
  readonly mark: {
    readonly type: string;
    readonly shape?: string;
    readonly filled?: boolean;
    readonly color?: string;
    readonly opacity?: number;
  };
  readonly encoding: {
    readonly x?: { readonly type?: string };
    readonly color?: { readonly datum: string; readonly scale: Scale };
  };
}

interface Scale {
  readonly domain: readonly string[];
  readonly range: readonly string[];
}

/**
 * A chart of series as an SVG document in which thousands of points are one picture and not as many shapes: drawing these
 * takes ten times as long.
 *
 * @param spec of an Axes: layers with their data inside
 */
export async function withDots(spec: VegaLiteSpec): Promise<string> {
  const layers = (spec.layer ?? []) as readonly PointLayer[];
  const crowded = layers.flatMap((layer, index) => (isCrowded(layer) ? [{ layer, index }] : []));
  // Two corners keep the scales, and what else stands around the points, as they are.
  const drawn = layers.map((layer) => (isCrowded(layer) ? { ...layer, data: { values: corners(layer) } } : layer));
  return draw({ ...spec, layer: drawn }, (drawing) =>
    crowded.reduce((svg, { layer, index }) => {
      const group = new RegExp(`(<g class="mark-symbol role-mark layer_${index}_marks"[^>]*>).*?(</g>)`, "s");
      return svg.replace(group, (_, open: string, close: string) => open + picture(layer, spec, drawing) + close);
    }, drawing.svg),
  );
}

function isCrowded({ data, mark, encoding }: PointLayer): boolean {
  const dots = mark.type === "point" && mark.filled === true && (mark.shape ?? "circle") === "circle";
  return dots && data.values.length >= many && encoding.x?.type === "quantitative";
}

function corners({ data }: PointLayer): Point[] {
  const low = { x: Number.POSITIVE_INFINITY, y: Number.POSITIVE_INFINITY };
  const high = { x: Number.NEGATIVE_INFINITY, y: Number.NEGATIVE_INFINITY };
  for (const { x, y } of data.values) {
    if (typeof x !== "number" || y === null) continue;
    low.x = Math.min(low.x, x);
    low.y = Math.min(low.y, y);
    high.x = Math.max(high.x, x);
    high.y = Math.max(high.y, y);
  }
  return [low, high];
}

/** The points of a layer as an SVG image that lies over the chart. */
function picture({ data, mark, encoding }: PointLayer, spec: VegaLiteSpec, { place }: Drawing): string {
  const radius = Math.sqrt(pointSize) / 2;
  const margin = Math.ceil(radius) + 1;
  const width = Number(spec.width) + 2 * margin;
  const height = Number(spec.height) + 2 * margin;
  const opacity = mark.opacity ?? defaultOpacity;
  // One colour: only how much of it lies on each pixel has to be known.
  const cover = new Float32Array(width * height);
  for (const point of data.values) {
    if (typeof point.x !== "number" || point.y === null) continue;
    const x = place("x", point.x) + margin - 0.5;
    const y = place("y", point.y) + margin - 0.5;
    for (let row = Math.max(0, Math.ceil(y - margin)); row <= Math.min(height - 1, y + margin); row++) {
      for (let column = Math.max(0, Math.ceil(x - margin)); column <= Math.min(width - 1, x + margin); column++) {
        const inside = Math.min(1, radius + 0.5 - Math.sqrt((column - x) ** 2 + (row - y) ** 2));
        if (inside <= 0) continue;
        const at = row * width + column;
        const below = cover[at] ?? 0;
        cover[at] = below + inside * opacity * (1 - below);
      }
    }
  }
  const { datum = "", scale } = encoding.color ?? {};
  const color = mark.color ?? scale?.range[scale.domain.indexOf(datum)] ?? "black";
  const png = encodeTransparent(colored(cover, { width, height }, color)).toString("base64");
  return `<image x="${-margin}" y="${-margin}" width="${width}" height="${height}" href="data:image/png;base64,${png}"/>`;
}

function colored(
  cover: Float32Array,
  size: { readonly width: number; readonly height: number },
  color: string,
): Pixels {
  const data = new Uint8Array(4 * cover.length);
  const { r, g, b } = rgb(color);
  for (const [index, part] of cover.entries()) if (part > 0) data.set([r, g, b, Math.round(255 * part)], 4 * index);
  return { ...size, data };
}
