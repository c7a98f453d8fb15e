import { type InspectOptions, inspect } from "node:util";
import { cooperate } from "../display/cooperate";
import { type Displayable, type DisplayOptions, displaySymbol, type MimeBundle } from "../display/host";
import { nested } from "../display/nested";
import { currentHost } from "../display/tslab_host";
import * as kinds from "../options/kinds";
import { checkOptions, describe } from "../options/options";
import { withDots } from "./dots";
import { hasFonts, svgToPng } from "./svg_to_png";
import { checkDrawing, toSvg } from "./vega_drawing";
import { type VegaLiteSpec, vegaLiteMime, vegaLiteSchema, withDefaults } from "./vega_lite";

type ShowOptions = Omit<DisplayOptions, "metadata">;

const showKinds: kinds.KindsOf<ShowOptions> = { displayId: kinds.text, update: kinds.boolean };

/** A picture that a cell shows as its value. */
export abstract class Figure implements Displayable {
  /** What the figure is, in a line: the text form of the display. */
  abstract describe(): string;

  /** What a front end draws from, without a still picture. */
  abstract bundle(): MimeBundle;

  /** A picture for viewers that do not draw: GitHub, `nbconvert`. Empty if the bundle has one already. */
  abstract still(): Promise<MimeBundle>;

  /** The figure as an SVG document. */
  abstract toSvg(): Promise<string>;

  /** The figure as a PNG file on white. */
  async toPng(): Promise<Buffer> {
    return svgToPng(await this.toSvg());
  }

  /**
   * Shows the figure now, in the output of the running cell. A figure that is a cell's value needs no call.
   *
   * @param options `displayId` names the display, default none; with `update` true, default false, the figure replaces what
   *   the display of that name shows
   */
  async show(options: { readonly displayId?: string; readonly update?: boolean } = {}): Promise<void> {
    checkOptions("show()", options, showKinds);
    const host = currentHost();
    if (host) host.display(await this[displaySymbol](), options);
    else console.log(this);
  }

  /** A live front end saves a picture of what it draws; otherwise one is made here. */
  async [displaySymbol](): Promise<MimeBundle> {
    const bundle = this.liveBundle();
    // The stop button waits for the picture: terminating native code, or code that is being loaded, breaks it.
    return currentHost()?.live ? bundle : { ...bundle, ...(await cooperate(() => this.still())) };
  }

  /** The bundle for the current front end. */
  liveBundle(): MimeBundle {
    return this.bundle();
  }

  /** One line of text. A stock tslab kernel shows values through `console.log` only, and is sent the figure here. */
  [inspect.custom](depth: number | null, options: InspectOptions): string {
    const host = currentHost();
    if (host?.name === "tslab" && !nested(depth, options)) host.display(this.liveBundle());
    return this.describe();
  }
}

/** A figure that Vega-Lite draws, in JupyterLab and VS Code. */
export abstract class SpecFigure extends Figure {
  /** The figure as a Vega-Lite specification. */
  abstract readonly spec: VegaLiteSpec;

  override bundle(): MimeBundle {
    return { [vegaLiteMime]: this.spec, "text/plain": this.describe() };
  }

  /** PNG, which GitHub shows; SVG on a machine without fonts. */
  override async still(): Promise<MimeBundle> {
    const svg = await withDots(this.spec);
    return hasFonts() ? { "image/png": svgToPng(svg).toString("base64") } : { "image/svg+xml": svg };
  }

  override async toPng(): Promise<Buffer> {
    return svgToPng(await withDots(this.spec));
  }

  override async toSvg(): Promise<string> {
    return toSvg(this.spec);
  }
}

/** A figure that is its specification. */
export class VegaLiteFigure extends SpecFigure {
  /** The specification; change it and show the figure again. */
  spec: VegaLiteSpec;

  constructor(spec: VegaLiteSpec) {
    super();
    this.spec = withDefaults(spec);
  }

  override describe(): string {
    return `Figure: ${titleText(this.spec.title) || "Vega-Lite chart"}`;
  }
}

/** A caller's own specification: checked before it is shown, because a front end shows a blank for a wrong one. */
class CheckedFigure extends VegaLiteFigure {
  override async [displaySymbol](): Promise<MimeBundle> {
    await checkDrawing(this.spec);
    return super[displaySymbol]();
  }
}

/**
 * Shows a Vega-Lite specification of your own.
 *
 * @param spec a Vega-Lite 5 specification with its data inline
 * @returns a figure; showing it throws a TypeError if Vega-Lite rejects the specification, and a RangeError if it draws nothing
 * @throws TypeError for what is no specification, or names the schema of another grammar
 * @see https://vega.github.io/vega-lite/docs/
 *
 * @example
 * ```ts
 * import { keras } from "tskeras";
 *
 * const figure = keras.charts.vegaLite({
 *   data: { values: [{ fruit: "사과", count: 3 }, { fruit: "배", count: 5 }] },
 *   mark: "bar",
 *   encoding: { x: { field: "fruit" }, y: { field: "count", type: "quantitative" } },
 * });
 * (await figure.toSvg()).includes("사과") // true
 * ```
 */
export function vegaLite(spec: VegaLiteSpec): VegaLiteFigure {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new TypeError(
      `vegaLite() expected a specification like { data, mark, encoding } but found ${describe(spec)}.`,
    );
  }
  const { $schema: schema = vegaLiteSchema } = spec;
  if (!/\/vega-lite\/v\d/.test(String(schema))) {
    throw new TypeError(
      `vegaLite() expected a specification of Vega-Lite, such as ${vegaLiteSchema}, but its $schema is ${describe(schema)}.`,
    );
  }
  return new CheckedFigure(spec);
}

/** The words of a title, which is a text, lines, or an object with a text. */
export function titleText(title: unknown): string {
  if (Array.isArray(title)) return title.join(" ");
  if (typeof title === "object" && title !== null && "text" in title) return titleText(title.text);
  return typeof title === "string" ? title : "";
}
