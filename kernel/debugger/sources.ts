import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, sep } from "node:path";
import { decode, type SourceMapMappings } from "@jridgewell/sourcemap-codec";
import murmurhash from "murmurhash";
import type { CompiledCell } from "../language/language_service";

/** How a front end names a cell: prefix, hash of its code, suffix. JupyterLab writes "Cell [3]" for names with `ipykernel_` in them. */
export const cellNames = {
  hashMethod: "Murmur2",
  hashSeed: 0x2545f491,
  tmpFilePrefix: join(tmpdir(), `ipykernel_${process.pid}`) + sep,
  tmpFileSuffix: ".ts",
} as const;

const cellPath = (code: string): string =>
  `${cellNames.tmpFilePrefix}${murmurhash.v2(code, cellNames.hashSeed)}${cellNames.tmpFileSuffix}`;

/** Zero-based, as V8 counts. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Script {
  /** Where the front end looks for it: a cell's name as above, or a file. */
  readonly path: string;
  readonly code: string;
  readonly map: string;
  mappings?: SourceMapMappings;
}

/** What the reader wrote, what V8 runs for it, and the way from a position in one to the other. */
export class Sources {
  /** By the URL that V8 knows. */
  readonly #scripts = new Map<string, Script>();
  readonly #dumped = new Map<string, string>();

  /** A cell that is about to run. */
  add(code: string, { fileName, sourceMap }: CompiledCell): string {
    const path = cellPath(code);
    this.#scripts.set(fileName, { path, code, map: sourceMap });
    return path;
  }

  /** A cell that the front end wants to speak of. */
  dump(code: string): string {
    const path = cellPath(code);
    this.#dumped.set(path, code);
    return path;
  }

  /** True for the URL of a script that came of a cell or a file beside the notebook. */
  has(url: string): boolean {
    return this.#scripts.has(url) || isReaders(url);
  }

  /** What stands in a cell or file. */
  code(path: string): string | undefined {
    const cell = [...this.#scripts.values()].find((script) => script.path === path)?.code ?? this.#dumped.get(path);
    return cell ?? (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  }

  /** The URLs of the scripts that came of a cell (it may have run often) or file. */
  urls(path: string): string[] {
    if (!path.startsWith(cellNames.tmpFilePrefix)) return [path];
    return [...this.#scripts].filter(([, script]) => script.path === path).map(([url]) => url);
  }

  /** The reader's position for one in a script; undefined for code that is not the reader's. */
  async toSource(url: string, { line, column }: Position): Promise<(Position & { path: string }) | undefined> {
    const script = await this.#script(url);
    if (!script) return undefined;
    const segments = mappings(script)[line] ?? [];
    const found = segments.findLast((segment) => segment.length > 1 && segment[0] <= column) ?? segments[0];
    if (!found || found.length === 1) return { path: script.path, line, column };
    return { path: script.path, line: found[2], column: found[3] };
  }

  /** Where a script has the first code of a line, or of the next line that has any. */
  async toScript(url: string, line: number): Promise<(Position & { readonly source: number }) | undefined> {
    const script = await this.#script(url);
    if (!script) return undefined;
    let best: (Position & { source: number }) | undefined;
    for (const [at, segments] of mappings(script).entries()) {
      for (const segment of segments) {
        if (segment.length === 1 || segment[2] < line || segment[2] >= (best?.source ?? Number.POSITIVE_INFINITY))
          continue;
        best = { line: at, column: segment[0], source: segment[2] };
      }
    }
    return best;
  }

  async #script(url: string): Promise<Script | undefined> {
    const known = this.#scripts.get(url);
    if (!isReaders(url)) return known;
    const code = readFileSync(url, "utf8");
    if (known?.code === code) return known;
    const { compileModule } = await import("../language/compile_module.js");
    const script = { path: url, code, map: compileModule(url, code).sourceMap };
    this.#scripts.set(url, script);
    return script;
  }
}

function mappings(script: Script): SourceMapMappings {
  script.mappings ??= decode((JSON.parse(script.map) as { readonly mappings: string }).mappings);
  return script.mappings;
}

/** The compiled file is dist/kernel/debugger/sources.js. */
const build = join(__dirname, "../..") + sep;

/** A file beside the notebook that a cell imported. */
const isReaders = (url: string): boolean =>
  isAbsolute(url) && !url.startsWith(build) && !url.includes(`${sep}node_modules${sep}`) && existsSync(url);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Code that stepping passes over: Node's, packages', the kernel's and the library's. */
export const passedOver = ["^node:", "^evalmachine", "[/\\\\]node_modules[/\\\\]", `^(file://)?${escaped(build)}`];
