import { describe, didYouMean } from "../options/options";
import { dataLoader, drawingLibraries } from "./drawing_libraries";
import { type VegaLiteSpec, withDefaults } from "./vega_lite";

/** A logger of Vega's that keeps errors, and warnings where they are wanted. */
function collecting(errors: string[], warnings: string[] = []) {
  const keep =
    (list: string[]) =>
    (...words: readonly unknown[]) => {
      list.push(words.map((word) => (word instanceof Error ? word.message : String(word))).join(" "));
      return logger;
    };
  const silent = () => logger;
  const logger = { level: silent, error: keep(errors), warn: keep(warnings), info: silent, debug: silent } as never;
  return logger;
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
    // The schema says 5 for JupyterLab's sake; the grammar we use is the same in the version that compiles here.
    checkMarks(spec);
    const compiled = vegaLite.compile(spec as never, { logger });
    return { compiled: compiled.spec, complaints };
  } catch (error) {
    throw rejected(error instanceof Error ? error.message : String(error));
  }
}

function rejected(message: string): TypeError {
  // It quotes the whole specification.
  return new TypeError(
    `Vega-Lite rejects this specification: ${message.replace(/ specification \{.*\}\./s, " specification.")}`,
  );
}

const marks =
  "arc area bar boxplot circle errorband errorbar geoshape image line point rect rule square text tick trail".split(
    " ",
  );

/** Vega-Lite stumbles over a mark that it does not know, without naming it. */
function checkMarks({ mark, layer, hconcat, vconcat, concat, spec }: VegaLiteSpec): void {
  const type = typeof mark === "object" && mark !== null ? (mark as { type?: unknown }).type : mark;
  if (mark !== undefined && !marks.includes(String(type))) {
    throw new TypeError(`unknown mark ${describe(type)}. ${didYouMean(String(type), marks)}`);
  }
  for (const part of [layer, hconcat, vconcat, concat, spec].flat()) {
    if (typeof part === "object" && part !== null) checkMarks(part as VegaLiteSpec);
  }
}

/**
 * Draws a specification of the reader's own to see whether anything comes of it: a front end shows a blank, or a few words
 * of Vega's, for a wrong one.
 *
 * @throws TypeError if Vega-Lite or Vega rejects it; RangeError if it draws no mark
 */
export async function checkDrawing(spec: VegaLiteSpec): Promise<void> {
  const { complaints } = compile(withDefaults(spec));
  const invalid = complaints.find((complaint) => /invalid|not a valid/i.test(complaint));
  if (invalid !== undefined) throw rejected(invalid);
  // Data from another machine are the front end's to fetch.
  if (/"url":"(https?:)?\/\//.test(JSON.stringify(spec))) return;
  const svg = await toSvg(spec);
  if (/class="mark-[a-z]+ role-mark[^>]*><(?!\/g)/.test(svg)) return;
  throw new RangeError("This Vega-Lite specification draws nothing. Are its data empty, or a field's name misspelt?");
}

/** A drawing of Vega, and where its scales put values: `scale("x")(3)` is so many pixels from the left of the chart. */
export interface Drawing {
  readonly svg: string;
  scale(name: string): (value: number) => number;
}

/**
 * Draws a Vega-Lite specification without a browser.
 *
 * @param use what to make of the drawing
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
      errors.push(error instanceof Error ? error.message : String(error));
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
export async function toSvg(spec: VegaLiteSpec): Promise<string> {
  return draw(spec, ({ svg }) => svg);
}
