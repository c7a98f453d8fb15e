import { rgb } from "d3-color";
import { encodeGray } from "./pixels";
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
      const name = nameOf(crowd);
      const group = new RegExp(`(<g class="mark-symbol role-mark ${name}"[^>]*>).*?(</g>)`, "s");
      return svg.replace(group, (_, open: string, close: string) => open + picture(crowd, drawing) + close);
    }, drawing.svg),
  );
}

/** What Vega calls the marks of a layer. */
const nameOf = ({ prefix, index }: Crowd) => `${prefix}layer_${index}_marks`;

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

/** The points of a layer as a sheet of their colour that lies over the chart, behind a mask. */
function picture(crowd: Crowd, { scale }: Drawing): string {
  const {
    layer: { data, mark, encoding },
    chart,
    prefix,
  } = crowd;
  const name = nameOf(crowd);
  const [across, down] = [scale(`${prefix}x`), scale(`${prefix}y`)];
  const width = Number(chart.width) + 2 * margin;
  const height = Number(chart.height) + 2 * margin;
  const stamps = makeStamps(mark.opacity ?? defaultOpacity);
  // One colour: only how much of the ground is left on each pixel has to be known.
  const left = new Float32Array(width * height).fill(1);
  for (const { x: value, y: number } of data.values) {
    if (typeof value !== "number" || number === null) continue;
    const x = across(value) + margin - 0.5;
    const y = down(number) + margin - 0.5;
    const column = Math.floor(x - half);
    const row = Math.floor(y - half);
    if (!(column >= 0 && row >= 0 && column + side <= width && row + side <= height)) continue;
    const stamp = stamps[phase(y - half - row) * phases + phase(x - half - column)] as Float32Array;
    press(left, stamp, row * width + column, width);
  }
  const { datum = "", scale: named } = encoding.color ?? {};
  const color = rgb(mark.color ?? named?.range[named.domain.indexOf(datum)] ?? "black");
  const png = encodeGray(covered(left), width).toString("base64");
  const place = `x="${-margin}" y="${-margin}" width="${width}" height="${height}"`;
  const mask = `<mask id="${name}" maskUnits="userSpaceOnUse" ${place}><image ${place} href="data:image/png;base64,${png}"/></mask>`;
  return `${mask}<rect ${place} fill="${color}" mask="url(#${name})"/>`;
}

/** How much is covered where so much of the ground is left. */
function covered(left: Float32Array): Uint8Array {
  const cover = new Uint8Array(left.length);
  for (let at = 0; at < left.length; at++) cover[at] = Math.round(255 * (1 - left[at]!));
  return cover;
}

/** Leaves less of the ground where a point comes to lie. */
function press(left: Float32Array, stamp: Float32Array, start: number, width: number): void {
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = start + row * width + column;
      left[at] = left[at]! * stamp[row * side + column]!;
    }
  }
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

/** How much of each pixel a point leaves, for each place of its middle within a pixel. */
function makeStamps(opacity: number): Float32Array[] {
  return Array.from({ length: phases * phases }, (_, index) => {
    const y = half + (Math.floor(index / phases) + 0.5) / phases;
    const x = half + ((index % phases) + 0.5) / phases;
    return Float32Array.from({ length: side * side }, (_none, at) => {
      const distance = Math.hypot((at % side) - x, Math.floor(at / side) - y);
      return 1 - opacity * Math.max(0, Math.min(1, radius + 0.5 - distance));
    });
  });
}
