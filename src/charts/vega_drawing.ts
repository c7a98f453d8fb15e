import { describe, didYouMean } from "../options/options";
import { dataLoader, drawingLibraries } from "./drawing_libraries";
import { type VegaLiteSpec, withDefaults } from "./vega_lite";

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A Vega logger that keeps errors and warnings. */
function collecting(errors: string[], warnings: string[]) {
  const { vega } = drawingLibraries();
  return vega.logger(vega.Warn, undefined, (_method, level, words) => {
    (level === "ERROR" ? errors : warnings).push([...(words as unknown[])].map(messageOf).join(" "));
  });
}

/**
 * Compiles a specification to Vega, which is also how one is validated.
 *
 * @throws TypeError with Vega-Lite's own complaint
 */
export function compile(spec: VegaLiteSpec) {
  const { vegaLite } = drawingLibraries();
  const complaints: string[] = [];
  const logger = collecting(complaints, complaints);
  try {
    // The schema says 5, for JupyterLab; the version here compiles the same grammar.
    checkMarks(spec);
    const compiled = vegaLite.compile(spec as never, { logger });
    return { compiled: compiled.spec, complaints };
  } catch (error) {
    throw rejected(messageOf(error));
  }
}

function rejected(message: string): TypeError {
  // The message quotes the whole specification.
  return new TypeError(
    `Vega-Lite rejects this specification: ${message.replace(/ specification \{.*\}\./s, " specification.")}`,
  );
}

const marks =
  "arc area bar boxplot circle errorband errorbar geoshape image line point rect rule square text tick trail";

/** Vega-Lite's own error for an unknown mark does not name it. */
function checkMarks({ mark, layer, hconcat, vconcat, concat, spec }: VegaLiteSpec): void {
  const type = typeof mark === "object" && mark !== null ? (mark as { type?: unknown }).type : mark;
  const known = marks.split(" ");
  if (mark !== undefined && !known.includes(String(type))) {
    throw new TypeError(`unknown mark ${describe(type)}. ${didYouMean(String(type), known)}`);
  }
  for (const part of [layer, hconcat, vconcat, concat, spec].flat()) {
    if (typeof part === "object" && part !== null) checkMarks(part as VegaLiteSpec);
  }
}

/**
 * Draws a specification of a caller's own to see whether it draws anything: for a wrong one a front end shows a blank, or a
 * few words from Vega.
 *
 * @throws TypeError if Vega-Lite or Vega rejects it; RangeError if it draws no mark
 */
export async function checkDrawing(spec: VegaLiteSpec): Promise<void> {
  const { complaints } = compile(withDefaults(spec));
  const invalid = complaints.find((complaint) => /invalid|not a valid/i.test(complaint));
  if (invalid !== undefined) throw rejected(invalid);
  // The front end fetches data from other machines.
  if (/"url":"(https?:)?\/\//.test(JSON.stringify(spec))) return;
  const svg = await toSvg(spec);
  if (/class="mark-[a-z]+ role-mark[^>]*><(?!\/g)/.test(svg)) return;
  throw new RangeError("This Vega-Lite specification draws nothing. Are its data empty, or a field's name misspelled?");
}

/** Vega's drawing, and its scales: `scale("x")(3)` is the distance of 3 from the left of the chart, in pixels. */
export interface Drawing {
  readonly svg: string;
  scale(name: string): (value: number) => number;
}

/**
 * Draws a Vega-Lite specification without a browser.
 *
 * @param use called with the drawing, as long as its scales exist
 * @throws TypeError if Vega-Lite rejects the specification
 */
export async function draw<T>(spec: VegaLiteSpec, use: (drawing: Drawing) => T): Promise<T> {
  const { compiled } = compile(withDefaults(spec));
  const libraries = drawingLibraries();
  const { vega } = libraries;
  const errors: string[] = [];
  const warnings: string[] = [];
  const view = new vega.View(vega.parse(compiled), {
    renderer: "none",
    loader: dataLoader(libraries),
    logger: collecting(errors, warnings),
  });
  try {
    const svg = await view.toSVG().catch((error: unknown) => {
      errors.push(messageOf(error));
      return "";
    });
    const wrong = errors[0] ?? warnings.find((one) => /^(Loading|Data ingestion) failed/.test(one));
    if (wrong !== undefined) throw rejected(wrong);
    return use({ svg, scale: (name) => view.scale(name) as (value: number) => number });
  } finally {
    view.finalize();
  }
}

/** The chart as an SVG document. Throws a TypeError if Vega-Lite rejects the specification. */
export const toSvg = (spec: VegaLiteSpec): Promise<string> => draw(spec, ({ svg }) => svg);
