import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { compileFunction } from "node:vm";
import { textWidth } from "./text_width";

/** Vega and Vega-Lite. */
export interface DrawingLibraries {
  readonly vega: typeof import("vega", { with: { "resolution-mode": "import" }});
  readonly vegaLite: typeof import("vega-lite", { with: { "resolution-mode": "import" }});
}

let loaded: DrawingLibraries | undefined;

/** The drawing libraries, loaded with the first picture, which a live notebook never makes. */
export function drawingLibraries(): DrawingLibraries {
  loaded ??= load();
  return loaded;
}

/** Loads the single file that each has for browsers: the hundreds of modules take five times as long. */
function load(): DrawingLibraries {
  const vega = evaluate("vega", "vega.min.js") as DrawingLibraries["vega"];
  const vegaLite = evaluate("vega-lite", "vega-lite.min.js", { vega }) as DrawingLibraries["vegaLite"];
  const { textMetrics } = vega as unknown as {
    textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number };
  };
  textMetrics.width = (item, text) => textWidth(String(text ?? "")) * (item.fontSize ?? 11);
  return { vega, vegaLite };
}

/** Runs a file beside a package's entry: Node would take it for a module, which it is not. */
function evaluate(name: string, file: string, needed: { readonly [name: string]: unknown } = {}): unknown {
  const script = path.join(path.dirname(require.resolve(name)), file);
  const made = { exports: {} };
  const run = compileFunction(readFileSync(script, "utf8"), ["exports", "module", "require"], { filename: script });
  (run as (...scope: unknown[]) => void)(made.exports, made, (wanted: string) => needed[wanted]);
  return made.exports;
}

/** Loads a specification's data: the loader for browsers reads no files. */
export function dataLoader({ vega }: DrawingLibraries) {
  const file = (name: string) => readFile(name, "utf8");
  return Object.assign(vega.loader(), { fileAccess: true, file });
}
