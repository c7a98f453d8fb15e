import { rgb } from "d3-color";
import { encodeTransparent, type Pixels } from "./pixels";
import type { Point } from "./series";
import { type Drawing, draw } from "./vega_drawing";
import { pointSize, type VegaLiteSpec } from "./vega_lite";

/** Fewer points than this are drawn by Vega, one shape each. */
const many = 1000;
/** Vega-Lite's own opacity of points. */
const defaultOpacity = 0.7;

interface PointLayer extends VegaLiteSpec {
  readonly data: { readonly values: readonly Point[] };
  readonly mark: { readonly color?: string; readonly opacity?: number };
  readonly encoding: { readonly color?: { readonly datum: string; readonly scale: Scale } };
}

interface Scale {
  readonly domain: readonly string[];
  readonly range: readonly string[];
}

/** Points that are to become a picture. */
interface Crowd {
  readonly layer: PointLayer;
  /** The chart that they are drawn on: the whole, or a part of it. */
  readonly chart: VegaLiteSpec;
  /** What Vega-Lite puts before the names of that chart's scales: nothing, or `"concat_0_concat_1_"`. */
  readonly prefix: string;
  readonly index: number;
}

/**
 * A chart as an SVG document in which thousands of points are one picture and not as many shapes: drawing these takes ten
 * times as long.
 */
export async function withDots(spec: VegaLiteSpec): Promise<string> {
  const crowds: Crowd[] = [];
  const sparse = withoutCrowds(spec, "", crowds);
  return draw(sparse, (drawing) =>
    crowds.reduce((svg, crowd) => {
      const name = `${crowd.prefix}layer_${crowd.index}_marks`;
      const group = new RegExp(`(<g class="mark-symbol role-mark ${name}"[^>]*>).*?(</g>)`, "s");
      return svg.replace(group, (_, open: string, close: string) => open + picture(crowd, drawing) + close);
    }, drawing.svg),
  );
}

/** The same chart with two points for each crowd: they keep the scales, and what else stands around the points, as they are. */
function withoutCrowds(spec: VegaLiteSpec, prefix: string, crowds: Crowd[]): VegaLiteSpec {
  const parts = (key: "hconcat" | "vconcat") => {
    const all = spec[key];
    if (!Array.isArray(all)) return {};
    return { [key]: all.map((part, index) => withoutCrowds(part, `${prefix}concat_${index}_`, crowds)) };
  };
  const layer = spec.layer?.map((one, index) => {
    if (!isCrowd(one)) return one;
    crowds.push({ layer: one, chart: spec, prefix, index });
    return { ...one, data: { values: corners(one) } };
  });
  return { ...spec, ...parts("hconcat"), ...parts("vconcat"), ...(layer && { layer }) };
}

/** Whether these are points as an Axes makes them: a reader may have changed them in any way that Vega-Lite knows. */
function isCrowd(layer: unknown): layer is PointLayer {
  const { data, mark, encoding, ...rest } = layer as VegaLiteSpec;
  const values = (data as { values?: unknown } | undefined)?.values;
  if (!Array.isArray(values) || values.length < many || Object.keys(rest).length > 0) return false;
  const { type, filled, shape = "circle", color: _color, clip: _clip, opacity: _opacity, ...more } = mark as Fields;
  const { x, y, color, ...others } = encoding as Fields;
  const on = (channel: unknown, field: string) =>
    (channel as Fields | undefined)?.["field"] === field && (channel as Fields)["type"] === "quantitative";
  const plain = Object.keys({ ...more, ...others }).length === 0 && (color === undefined || isNamed(color));
  return plain && type === "point" && filled === true && shape === "circle" && on(x, "x") && on(y, "y");
}

type Fields = { readonly [name: string]: unknown };

const isNamed = (color: unknown) => typeof (color as Fields)["datum"] === "string";

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
function picture({ layer: { data, mark, encoding }, chart, prefix }: Crowd, { scale }: Drawing): string {
  const [across, down] = [scale(`${prefix}x`), scale(`${prefix}y`)];
  const width = Number(chart.width) + 2 * margin;
  const height = Number(chart.height) + 2 * margin;
  const stamps = makeStamps(mark.opacity ?? defaultOpacity);
  // One colour: only how much of it lies on each pixel has to be known.
  const cover = new Float32Array(width * height);
  for (const point of data.values) {
    if (typeof point.x !== "number" || point.y === null) continue;
    const x = across(point.x) + margin - 0.5;
    const y = down(point.y) + margin - 0.5;
    const left = Math.floor(x - half);
    const top = Math.floor(y - half);
    if (!(left >= 0 && top >= 0 && left + side <= width && top + side <= height)) continue;
    const stamp = stamps[phase(y - half - top) * phases + phase(x - half - left)] as Float32Array;
    let from = 0;
    for (let at = top * width + left; from < stamp.length; at += width - side) {
      for (const end = at + side; at < end; at++, from++) {
        const below = cover[at] as number;
        cover[at] = below + (stamp[from] as number) * (1 - below);
      }
    }
  }
  const { datum = "", scale: named } = encoding.color ?? {};
  const color = mark.color ?? named?.range[named.domain.indexOf(datum)] ?? "black";
  const png = encodeTransparent(colored(cover, { width, height }, color)).toString("base64");
  return `<image x="${-margin}" y="${-margin}" width="${width}" height="${height}" href="data:image/png;base64,${png}"/>`;
}

const radius = Math.sqrt(pointSize) / 2;
/** Half of the square that a point lies on, wherever in a pixel its middle is; and the whole. */
const half = Math.ceil(radius + 0.5);
const side = 2 * half + 1;
/** Points in the corners of a chart lie over its edges. */
const margin = side;
/** A point's middle is known to so many parts of a pixel. */
const phases = 8;

const phase = (part: number) => Math.min(phases - 1, Math.floor(part * phases));

/** How much of each pixel a point covers, for each place of its middle within a pixel. */
function makeStamps(opacity: number): Float32Array[] {
  return Array.from({ length: phases * phases }, (_, index) => {
    const y = half + (Math.floor(index / phases) + 0.5) / phases;
    const x = half + ((index % phases) + 0.5) / phases;
    return Float32Array.from({ length: side * side }, (_none, at) => {
      const distance = Math.hypot((at % side) - x, Math.floor(at / side) - y);
      return opacity * Math.max(0, Math.min(1, radius + 0.5 - distance));
    });
  });
}

function colored(
  cover: Float32Array,
  size: { readonly width: number; readonly height: number },
  color: string,
): Pixels {
  const data = new Uint8Array(4 * cover.length);
  const { r, g, b } = rgb(color);
  for (let index = 0; index < cover.length; index++) {
    const at = 4 * index;
    data[at] = r;
    data[at + 1] = g;
    data[at + 2] = b;
    data[at + 3] = Math.round(255 * (cover[index] as number));
  }
  return { ...size, data };
}
