import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { compileFunction } from "node:vm";
import { textWidth } from "./text_width";

type Vega = typeof import("vega", { with: { "resolution-mode": "import" }});
type VegaLite = typeof import("vega-lite", { with: { "resolution-mode": "import" }});

/** Vega and Vega-Lite. */
export interface DrawingLibraries {
  readonly vega: Vega;
  readonly vegaLite: VegaLite;
}

let loaded: DrawingLibraries | undefined;

/** The drawing libraries, loaded with the first picture, which a live notebook never makes. */
export function drawingLibraries(): DrawingLibraries {
  loaded ??= load();
  return loaded;
}

/** From the file that each is for a browser: as modules they are hundreds of files, which take five times as long. */
function load(): DrawingLibraries {
  const vega = evaluate("vega", "vega.min.js") as Vega;
  const vegaLite = evaluate("vega-lite", "vega-lite.min.js", { vega }) as VegaLite;
  const { textMetrics } = vega as unknown as {
    textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number };
  };
  textMetrics.width = (item, text) => textWidth(String(text ?? "")) * (item.fontSize ?? 11);
  return { vega, vegaLite };
}

/** Runs a file beside a package's entry, whose extension says module though it is none. */
function evaluate(name: string, file: string, needed: { readonly [name: string]: unknown } = {}): unknown {
  const script = path.join(path.dirname(require.resolve(name)), file);
  const made = { exports: {} };
  const run = compileFunction(readFileSync(script, "utf8"), ["exports", "module", "require"], { filename: script });
  (run as (...scope: unknown[]) => void)(made.exports, made, (wanted: string) => needed[wanted]);
  return made.exports;
}

/** Where a specification's data come from: what is for a browser reads no files. */
export function dataLoader({ vega }: DrawingLibraries) {
  const file = (name: string) => readFile(name, "utf8");
  return Object.assign(vega.loader(), { fileAccess: true, file });
}
