import { rgb } from "d3-color";
import { encodeGray } from "./pixels";
import type { Fields, Point } from "./series";
import { extent } from "./values";
import { type Drawing, draw } from "./vega_drawing";
import { pointSize, type VegaLiteSpec } from "./vega_lite";

/** Vega draws fewer points than this, one shape each. */
const many = 1000;
/** Vega-Lite's own opacity of points. */
const defaultOpacity = 0.7;

interface PointLayer extends VegaLiteSpec {
  readonly data: { readonly values: readonly Point[] };
  readonly mark: { readonly color?: string; readonly opacity?: number };
  readonly encoding: { readonly color?: { readonly datum: string; readonly scale: Scale } };
}

type Scale = { readonly domain: readonly string[]; readonly range: readonly string[] };

/** Points that become a picture. */
interface Crowd {
  readonly layer: PointLayer;
  /** The chart that they are drawn on: the whole, or a part of it. */
  readonly chart: VegaLiteSpec;
  /** What Vega-Lite puts before the names of that chart's scales: nothing, or `"concat_0_concat_1_"`. */
  readonly prefix: string;
  /** Vega's name for the marks of the layer. */
  readonly name: string;
}

/** A chart as an SVG document in which thousands of points are one picture: as many shapes take ten times as long. */
export async function withDots(spec: VegaLiteSpec): Promise<string> {
  const crowds: Crowd[] = [];
  const sparse = withoutCrowds(spec, "", crowds);
  return draw(sparse, (drawing) =>
    crowds.reduce((svg, crowd) => {
      const group = new RegExp(`(<g class="mark-symbol role-mark ${crowd.name}"[^>]*>).*?(</g>)`, "s");
      return svg.replace(group, (_, open: string, close: string) => open + picture(crowd, drawing) + close);
    }, drawing.svg),
  );
}

/** The same chart with two points for each crowd, which keep the scales as they are. */
function withoutCrowds(spec: VegaLiteSpec, prefix: string, crowds: Crowd[]): VegaLiteSpec {
  const sparse = { ...spec };
  for (const key of ["hconcat", "vconcat"]) {
    const parts = spec[key];
    if (!Array.isArray(parts)) continue;
    sparse[key] = parts.map((part, index) => withoutCrowds(part, `${prefix}concat_${index}_`, crowds));
  }
  if (spec.layer) {
    sparse.layer = spec.layer.map((layer, index) => {
      if (!isCrowd(layer)) return layer;
      crowds.push({ layer, chart: spec, prefix, name: `${prefix}layer_${index}_marks` });
      return { ...layer, data: { values: corners(layer) } };
    });
  }
  return sparse;
}

/** Whether these are many points as an Axes makes them: a caller may have changed them in any way that Vega-Lite knows. */
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

const isNamed = (color: unknown) => typeof (color as Fields)["datum"] === "string";

function corners({ data }: PointLayer): Point[] {
  const points = data.values.filter(isDrawn);
  const [left, right] = extent(points.map(({ x }) => x));
  const [bottom, top] = extent(points.map(({ y }) => y));
  return [
    { x: left, y: bottom },
    { x: right, y: top },
  ];
}

const isDrawn = (point: Point): point is { x: number; y: number } => typeof point.x === "number" && point.y !== null;

/** The points of a layer as a sheet of their color over the chart, behind a mask. */
function picture({ layer: { data, mark, encoding }, chart, prefix, name }: Crowd, { scale }: Drawing): string {
  const [across, down] = [scale(`${prefix}x`), scale(`${prefix}y`)];
  const width = Number(chart.width) + 2 * margin;
  const height = Number(chart.height) + 2 * margin;
  const stamps = makeStamps(mark.opacity ?? defaultOpacity);
  // With one color it is enough to know how much of the ground stays visible at each pixel.
  const ground = new Float32Array(width * height).fill(1);
  for (const point of data.values.filter(isDrawn)) {
    const x = across(point.x) + margin - 0.5;
    const y = down(point.y) + margin - 0.5;
    const column = Math.floor(x - half);
    const row = Math.floor(y - half);
    if (!(column >= 0 && row >= 0 && column + side <= width && row + side <= height)) continue;
    const stamp = stamps[phase(y - half - row) * phases + phase(x - half - column)]!;
    press(ground, stamp, row * width + column, width);
  }
  const { datum = "", scale: named } = encoding.color ?? {};
  const color = rgb(mark.color ?? named?.range[named.domain.indexOf(datum)] ?? "black");
  const cover = new Uint8Array(ground.map((visible) => Math.round(255 * (1 - visible))));
  const png = encodeGray(cover, width).toString("base64");
  const place = `x="${-margin}" y="${-margin}" width="${width}" height="${height}"`;
  const mask = `<mask id="${name}" maskUnits="userSpaceOnUse" ${place}><image ${place} href="data:image/png;base64,${png}"/></mask>`;
  return `${mask}<rect ${place} fill="${color}" mask="url(#${name})"/>`;
}

/** Covers the ground where a point lies. */
function press(ground: Float32Array, stamp: Float32Array, start: number, width: number): void {
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      ground[start + row * width + column]! *= stamp[row * side + column]!;
    }
  }
}

const radius = Math.sqrt(pointSize) / 2;
/** The square that holds a point, wherever in a pixel its middle is: half of its side, and the whole. */
const half = Math.ceil(radius + 0.5);
const side = 2 * half + 1;
/** Points in the corners of a chart extend over its edges. */
const margin = side;
/** A point's middle is rounded to an eighth of a pixel. */
const phases = 8;

const phase = (part: number) => Math.min(phases - 1, Math.floor(part * phases));

/** How much of the ground stays visible around a point, for each place of its middle within a pixel. */
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
