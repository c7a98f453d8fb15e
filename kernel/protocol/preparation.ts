import type { KernelError } from "../bridge";
import type { Cell, CompiledCell, Diagnostic, LanguageService, Position } from "../language/language_service";
import { messageOf } from "../log";
import { takeMagics, takeTypecheck } from "../magics/parser";
import type { Typecheck } from "../magics/table";
import { describeDiagnostic, refusal } from "./diagnostics";

/** A cell that may run, with the warnings to show first, or the reason why it may not. */
export type Prepared =
  | { readonly cell: Cell; readonly compiled: CompiledCell; readonly warnings: string; readonly timed: boolean }
  | { readonly error: KernelError };

/** Checks and compiles cells, as strictly as `%typecheck` says. */
export class Preparation {
  readonly #language: LanguageService;
  #mode: Typecheck = "error";

  constructor(language: LanguageService) {
    this.#language = language;
  }

  async prepare(fileName: string, source: string): Promise<Prepared> {
    const { code, mode = this.#mode, forAll = false } = takeTypecheck(source);
    if (forAll) this.#mode = mode;
    const { code: withoutMagics, moved, timed } = takeMagics(code);
    const cell = { fileName, code: withoutMagics, moved };
    const written = { fileName, code: source };
    let warnings = "";
    if (mode !== "off") {
      const problems = await this.#check(cell);
      if (typeof problems === "string") warnings = problems;
      else if (problems.length > 0 && mode === "error") return { error: refusal(problems, written) };
      else for (const problem of problems) warnings += `${describeDiagnostic(problem, written)}\n`;
    }
    try {
      return { cell, compiled: this.#language.compile(cell), warnings, timed };
    } catch (error) {
      return { error: compileError(error, written) };
    }
  }

  /** The errors of a cell, or a line that says why there was no check. */
  async #check(cell: Required<Cell>): Promise<readonly Diagnostic[] | string> {
    try {
      const errors = (await this.#language.check(cell)).filter(({ category }) => category === "error");
      const written = ({ line, column }: Position): Position => {
        return { line, column: Math.max(0, column - (cell.moved.get(line) ?? 0)) };
      };
      return errors.map((error) => ({ ...error, start: written(error.start), end: written(error.end) }));
    } catch (error) {
      return `This cell ran without a type check: ${messageOf(error)}\n`;
    }
  }
}

function compileError(error: unknown, cell: Cell): KernelError {
  const text = messageOf(error);
  const [, message = text, line = "1", column = "1"] = /^([\s\S]*) \([^()]*:(\d+):(\d+)\)$/.exec(text) ?? [];
  const start = { line: Number(line) - 1, column: Number(column) - 1 };
  const end = { ...start, column: start.column + 1 };
  return refusal([{ start, end, code: 1000, category: "error", message }], cell);
}
