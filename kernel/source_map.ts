import { decode, type SourceMapMappings } from "@jridgewell/sourcemap-codec";

// A cell may replace JSON.parse later.
const { parse } = JSON;

/** A zero-based line and column, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The way between JavaScript and the one source that it was compiled from. */
export class SourceMap {
  readonly #text: string;
  #mappings: SourceMapMappings | undefined;

  /** @param text A version-3 source map, as JSON. It is parsed when the first position is asked for. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The position in the source for one in the JavaScript: that of the last mapping before it in the line, else the first. */
  toSource({ line, column }: Position): Position {
    const segments = this.#decoded()[line] ?? [];
    let found = segments[0];
    // No array methods: stack traces are mapped while a cell may have replaced them.
    for (let i = 1; i < segments.length && segments[i]![0] <= column; i++) {
      if (segments[i]!.length > 1) found = segments[i];
    }
    return found && found.length > 1 ? { line: found[2]!, column: found[3]! } : { line, column };
  }

  /** Where the JavaScript has the first code of a source line, or of the next line that has any. */
  toScript(line: number): (Position & { readonly source: number }) | undefined {
    let best: (Position & { source: number }) | undefined;
    for (const [at, segments] of this.#decoded().entries()) {
      for (const segment of segments) {
        if (segment.length === 1 || segment[2] < line || (best && segment[2] >= best.source)) continue;
        best = { line: at, column: segment[0], source: segment[2] };
      }
    }
    return best;
  }

  #decoded(): SourceMapMappings {
    this.#mappings ??= decode((parse(this.#text) as { readonly mappings: string }).mappings);
    return this.#mappings;
  }
}
