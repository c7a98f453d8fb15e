import { join } from "node:path";
import type * as lsp from "vscode-languageserver-types";
import { type CellDocuments, documentName } from "./cell_documents";
import { compileCell, syntaxErrors } from "./compile_cell";
import { isComplete } from "./completeness";
import { completionRange, describeItem, fromServer, isText, keyword, ranked } from "./completions";
import { withCorrections } from "./corrections";
import { calleeOffset, describeHover } from "./hover";
import type { Cell, CompiledCell, CompletionItem, Completions, Diagnostic, Hover, Position } from "./language_service";
import { LocalFiles } from "./local_files";
import { importProbe } from "./missing_import";
import { positionAt } from "./positions";
import { withPythonAdvice } from "./python_advice";
import { type CellModule, Scope, toModule } from "./scope";

/** A notebook written for tslab is checked as tslab does, which is not strict. */
const importsTslab = /(?:\bfrom|\bimport|\brequire\s*\()\s*(["'])tslab\1/;

/** How many completions get signature and documentation, and how long these may take, in ms. */
const maxDescribed = 30;
const describeWithin = 30;

/** Compiles cells, and answers questions about their types. */
export class TypeService {
  readonly #directory: string;
  readonly #documents: CellDocuments;
  readonly #scope = new Scope();
  #settings: string;
  #files: LocalFiles;
  /** What `tskeras` exports. */
  #library: readonly lsp.CompletionItem[] = [];
  #next = 1;
  #checked: { code: string; module: CellModule } | undefined;
  #disposed = false;

  constructor(directory: string, documents: CellDocuments) {
    this.#directory = directory;
    this.#documents = documents;
    this.#settings = join(documents.directory, "tsconfig.json");
    this.#files = new LocalFiles(documents.directory, [this.#settings]);
    void this.#warmUp().catch(() => {});
  }

  readonly isComplete = isComplete;

  /** The JavaScript that runs. Throws only for code with syntax errors: call {@link check} first. */
  compile(cell: Cell): CompiledCell {
    return compileCell(cell, this.#directory);
  }

  /** Looks up imports and settings from another folder. */
  moveTo(directory: string): void {
    this.#documents.moveTo(directory);
    this.#settings = join(directory, "tsconfig.json");
    this.#files = new LocalFiles(directory, [this.#settings]);
  }

  /** Syntax and type errors of a cell, given every cell accepted so far. */
  async check({ code }: Cell): Promise<readonly Diagnostic[]> {
    const broken = syntaxErrors(code);
    if (broken.length || /^\s*\/\/\s*@ts-nocheck\b/.test(code)) return withPythonAdvice(broken, code);
    const module = this.#scope.module(code);
    const path = this.#documents.write(this.#next, module.text);
    this.#checked = { code, module };
    const becomesLoose = this.#documents.strict && importsTslab.test(code);
    if (becomesLoose) this.#documents.strict = false;
    const found = await this.#documents.ask((server) => {
      const changed = this.#files.changed(code);
      server.changed(changed);
      if (becomesLoose || changed.includes(this.#settings)) this.#documents.writeProject();
      return server.diagnostics(path);
    });
    const diagnostics = found.flatMap((each) => describeDiagnostic(each, module, code) ?? []);
    return withCorrections(withPythonAdvice(diagnostics, code), code, {
      imports: (names) => this.#imports(names),
      texts: async (offset) => {
        const position = toServer(positionAt(code, offset), module);
        const items = await this.#documents.ask((server) => server.complete(path, position));
        return items.filter(isText).map(({ label }) => label);
      },
    });
  }

  async #imports(names: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const probe = importProbe(names);
    const path = this.#documents.write(0, probe.text);
    const found = await this.#documents.ask((server) => server.diagnostics(path));
    const errors = found.filter(({ severity }) => severity === 1);
    return probe.answer(new Set(errors.map(({ range }) => range.start.line)));
  }

  /** Makes what the cell declares visible to later cells. The latest declaration of a name wins. */
  accept({ code }: Cell): void {
    const module = this.#checked?.code === code ? this.#checked.module : this.#scope.module(code);
    if (module !== this.#checked?.module) this.#documents.write(this.#next, module.text);
    this.#checked = undefined;
    this.#scope.declare(code, `./${documentName(this.#next)}`, module.dependencies);
    // A cell that runs again gets the document of one whose names it has replaced, so that a long session does not fill the memory.
    const live = this.#scope.live();
    this.#next = 1;
    while (live.has(`./${documentName(this.#next)}`)) this.#next += 1;
    this.#documents.prepare(this.#next);
  }

  /** Completions at a UTF-16 offset in code that has not run. */
  async complete(code: string, offset: number): Promise<Completions> {
    const prefix = /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, offset))?.[0] ?? "";
    const module = this.#scope.module(code, prefix);
    const path = this.#documents.write(0, module.text);
    const position = toServer(positionAt(code, offset), module);
    const items = await this.#documents.ask((server) => server.complete(path, position));
    const { start, end } = completionRange(items, module, code, offset, prefix);
    const best = ranked(items, code.slice(start, offset));
    const details = await this.#describe(best.slice(0, maxDescribed));
    const described = best.map((item) => details.get(item) ?? describeItem(item));
    return { start, end, items: [...described, ...this.#importable(code, start, offset, best)] };
  }

  async hover(code: string, offset: number): Promise<Hover | undefined> {
    const module = this.#scope.module(code);
    const at = async (where: number) => {
      // Another question may have used the document meanwhile.
      const path = this.#documents.write(0, module.text);
      const position = toServer(positionAt(code, where), module);
      return describeHover(await this.#documents.ask((server) => server.hover(path, position)));
    };
    const found = await at(offset);
    const callee = found ? undefined : calleeOffset(code, offset);
    return callee === undefined ? found : at(callee);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#documents.dispose();
  }

  /** Names of the library that no cell has imported, where a name is possible. */
  #importable(code: string, start: number, offset: number, found: readonly lsp.CompletionItem[]): CompletionItem[] {
    const typed = code.slice(start, offset);
    const few = typed.length < 3 && !this.#library.some(({ label }) => label === typed);
    const [, before] = /([\w$.]+)[ \t]*$/.exec(code.slice(0, start)) ?? [];
    if (few || found.some(isText) || (before !== undefined && !beforeValue.test(before))) return [];
    const known = new Set(found.map(({ label }) => label));
    return ranked(this.#library, typed)
      .filter(({ label }) => label.startsWith(typed) && !known.has(label))
      .map((item) => ({ ...describeItem(item), signature: `import { ${item.label} } from "tskeras"` }));
  }

  /** Reads the language's types, then the library's, before a cell needs them. */
  async #warmUp(): Promise<void> {
    await this.#documents.ask((server) => server.diagnostics(this.#documents.path(0)));
    await new Promise((resolve) => setTimeout(resolve, 500).unref());
    if (this.#disposed) return;
    const path = this.#documents.write(0, 'import {  } from "tskeras";\n');
    const items = await this.#documents.ask((server) => server.complete(path, { line: 0, character: 9 }));
    this.#library = items.filter(({ kind }) => kind !== keyword);
  }

  async #describe(items: readonly lsp.CompletionItem[]): Promise<Map<lsp.CompletionItem, CompletionItem>> {
    const details = new Map<lsp.CompletionItem, CompletionItem>();
    const all = this.#documents.ask((server) =>
      Promise.allSettled(items.map(async (item) => details.set(item, describeItem(await server.resolve(item))))),
    );
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, describeWithin))]);
    return details;
  }
}

/** Words that a value may follow, and not only a name that is being declared. */
const beforeValue = /^(?:await|case|else|extends|in|instanceof|new|of|return|throw|typeof|void|yield)$/;

/**
 * TypeScript's numbers for what is normal in a cell: names that no code reads yet, and `import fs = require("fs")`, which
 * cells compile.
 */
const unremarkable = new Set([1202, 6133, 6138, 6192, 6196, 6198, 6199, 6205]);

/** The library's own files, as TypeScript names their modules. */
const ownModule = /import\("[^"]*\/dist\/src((?:\/\w+)*?)(?:\/index)?"\)/g;

function describeDiagnostic(found: lsp.Diagnostic, module: CellModule, code: string): Diagnostic | undefined {
  const start = fromServer(found.range.start, module);
  const end = fromServer(found.range.end, module);
  const number = Number(found.code);
  if (!start || !end || unremarkable.has(number)) return undefined;
  const text = typeof found.message === "string" ? found.message : found.message.value;
  const lines = code.split("\n");
  // TypeScript reports what is missing at the end of the cell after it.
  const last = { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
  const clamp = (position: Position) => (position.line > last.line ? last : position);
  const name = start.line === end.line ? (lines[start.line]?.slice(start.column, end.column) ?? "") : "";
  const earlier = module.imported.has(name);
  // `let a; a = 1` in one cell is an implicit `any` in the next.
  if (number === 7005 && earlier) return undefined;
  const constant = number === 2632 && earlier;
  return {
    start: clamp(start),
    end: clamp(end),
    code: constant ? 2588 : number,
    category: found.severity === 1 ? "error" : found.severity === 2 ? "warning" : "suggestion",
    message: constant
      ? `Cannot assign to '${name}' because it is a constant of an earlier cell.`
      : text.replace(/\.tskeras-cell-(\d+)/g, "cell").replace(ownModule, 'import("tskeras$1")'),
  };
}

function toServer(position: Position, module: CellModule): lsp.Position {
  const { line, column } = toModule(position, module);
  return { line, character: column };
}
