/** What the kernel asks of TypeScript: a cell's types and its JavaScript. {@link TypeService} answers. */

import type { Position } from "../source_map";

export interface Cell {
  /** Names the cell in stack frames and diagnostics: `"cell-3.ts"`. Unique in a session. */
  readonly fileName: string;
  readonly code: string;
  /** By line, how many columns its text has moved right of what the reader wrote. Default: none. */
  readonly moved?: ReadonlyMap<number, number>;
}

export type { TypeService as LanguageService } from "./type_service";
export type { Position };

export interface Diagnostic {
  readonly start: Position;
  readonly end: Position;
  /** TypeScript's number: 2322 for "Type … is not assignable". */
  readonly code: number;
  readonly category: "error" | "warning" | "suggestion";
  readonly message: string;
}

export interface CompiledCell {
  readonly fileName: string;
  readonly javascript: string;
  readonly sourceMap: string;
  /** True if the last statement is an expression, whose value the cell shows. */
  readonly hasValue: boolean;
  readonly declares: readonly string[];
}

/** One completion, for `_jupyter_types_experimental`. */
export interface CompletionItem {
  readonly text: string;
  /** TypeScript's kind: `function`, `class`, `property`, `keyword` … */
  readonly kind: string;
  readonly signature?: string;
  readonly documentation?: string;
}

/** Completions that replace the text between `start` and `end`, UTF-16 offsets into the code asked about. */
export interface Completions {
  readonly items: readonly CompletionItem[];
  readonly start: number;
  readonly end: number;
}

export interface Hover {
  /** The type as TypeScript prints it: `const model: Sequential`. */
  readonly signature: string;
  readonly documentation: string;
}

/** Whether code is complete. */
export type Completeness =
  | { readonly status: "complete" | "invalid" | "unknown" }
  | { readonly status: "incomplete"; readonly indent: string };
