import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, sep } from "node:path";
import murmurhash from "murmurhash";
import type { CompiledCell } from "../language/language_service";
import { type Position, SourceMap } from "../source_map";

/** How a front end names a cell: prefix, hash of its code, suffix. JupyterLab shows "Cell [3]" for names that contain `ipykernel_`. */
export const cellNames = {
  hashMethod: "Murmur2",
  hashSeed: 0x2545f491,
  tmpFilePrefix: join(tmpdir(), `ipykernel_${process.pid}`) + sep,
  tmpFileSuffix: ".ts",
} as const;

const cellPath = (code: string): string =>
  `${cellNames.tmpFilePrefix}${murmurhash.v2(code, cellNames.hashSeed)}${cellNames.tmpFileSuffix}`;

interface Script {
  /** Where the front end looks for it: a cell's name as above, or a file. */
  readonly path: string;
  readonly code: string;
  readonly map: SourceMap;
}

/** What the reader wrote, the scripts that V8 runs for it, and the positions in both. */
export class Sources {
  readonly #scripts = new Map<string, Script>();
  readonly #dumped = new Map<string, string>();

  add(code: string, { fileName, sourceMap }: CompiledCell): string {
    const path = cellPath(code);
    this.#scripts.set(fileName, { path, code, map: new SourceMap(sourceMap) });
    return path;
  }

  /** Adds a cell that the front end will refer to. */
  dump(code: string): string {
    const path = cellPath(code);
    this.#dumped.set(path, code);
    return path;
  }

  /** True for the URL of a script that was compiled from a cell or a file beside the notebook. */
  has(url: string): boolean {
    return this.#scripts.has(url) || isReaders(url);
  }

  code(path: string): string | undefined {
    const cell = [...this.#scripts.values()].find((script) => script.path === path)?.code ?? this.#dumped.get(path);
    return cell ?? (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  }

  /** The URLs of the scripts that were compiled from a file or a cell, which may have run several times. */
  urls(path: string): string[] {
    if (!path.startsWith(cellNames.tmpFilePrefix)) return [path];
    return [...this.#scripts].filter(([, script]) => script.path === path).map(([url]) => url);
  }

  /** The reader's position for one in a script; undefined for code that the reader did not write. */
  async toSource(url: string, position: Position): Promise<(Position & { path: string }) | undefined> {
    const script = await this.#script(url);
    return script && { path: script.path, ...script.map.toSource(position) };
  }

  /** Where a script has the first code of a line, or of the next line that has any. */
  async toScript(url: string, line: number): Promise<(Position & { readonly source: number }) | undefined> {
    return (await this.#script(url))?.map.toScript(line);
  }

  async #script(url: string): Promise<Script | undefined> {
    const known = this.#scripts.get(url);
    if (!isReaders(url)) return known;
    const code = readFileSync(url, "utf8");
    if (known?.code === code) return known;
    const { compileModule } = await import("../language/compile_module.js");
    const script = { path: url, code, map: new SourceMap(compileModule(url, code).sourceMap) };
    this.#scripts.set(url, script);
    return script;
  }
}

const build = join(__dirname, "../..") + sep;

/** Whether a URL is a file beside the notebook that a cell imported. */
const isReaders = (url: string): boolean =>
  isAbsolute(url) && !url.startsWith(build) && !url.includes(`${sep}node_modules${sep}`) && existsSync(url);

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Patterns of code that stepping skips: Node's, packages', the kernel's and the library's. */
export const skipped = ["^node:", "^evalmachine", "[/\\\\]node_modules[/\\\\]", `^(file://)?${escaped(build)}`];
