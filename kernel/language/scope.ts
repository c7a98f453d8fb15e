import { cellSource } from "./cell_source";
import { declarations } from "./declarations";
import type { Position } from "./language_service";

/** A cell as a module whose first line imports the names of earlier cells. */
export interface CellModule {
  readonly text: string;
  /** Lines and columns of the first line that {@link text} has before the cell. */
  readonly lines: number;
  readonly shift: number;
  /** Names that came from earlier cells, and the modules of these cells. */
  readonly imported: ReadonlySet<string>;
  readonly dependencies: ReadonlySet<string>;
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

/** The names that cells have declared, and for each the module that did so last. */
export class Scope {
  readonly #owners = new Map<string, { readonly module: string; readonly assignable: boolean }>();
  readonly #dependencies = new Map<string, ReadonlySet<string>>();
  readonly #ambient = new Set<string>();

  /** Later cells see what `code` declares, as exports of `module` (`"./cell-3"`), which reads from `dependencies`. */
  declare(code: string, module: string, dependencies: ReadonlySet<string>): void {
    const { names, ambient } = declarations(code);
    for (const [name, assignable] of names) this.#owners.set(name, { module, assignable });
    if (ambient) this.#ambient.add(module);
    this.#dependencies.set(module, dependencies);
  }

  /** The modules that a name still comes from, directly or through the type of another. */
  live(): ReadonlySet<string> {
    const live = new Set([...this.#ambient, ...[...this.#owners.values()].map(({ module }) => module)]);
    // The iteration also visits what it adds.
    for (const module of live) for (const each of this.#dependencies.get(module) ?? []) live.add(each);
    return live;
  }

  /**
   * The module for a cell.
   *
   * @param prefix Names with this prefix are imported too, mentioned or not, for completion. Default: none.
   */
  module(code: string, prefix?: string): CellModule {
    const { names, exported } = declarations(code);
    const start = prefix?.toLowerCase();
    const completing = [...this.#owners.keys()].filter(
      (name) => start !== undefined && name.toLowerCase().startsWith(start),
    );
    const wanted = [...(code.match(word) ?? []), ...completing];
    const imported = new Set(wanted.filter((name) => this.#owners.has(name) && !names.has(name)));
    const exports = [...names.keys()].filter((name) => !exported.has(name));
    const { text, shift } = cellSource(code);
    return {
      text: `${this.#prelude(imported)}\n${text}\nexport { ${exports.join(", ")} };\n`,
      lines: 1,
      shift,
      imported,
      dependencies: new Set([...imported].flatMap((name) => this.#owners.get(name)?.module ?? [])),
    };
  }

  /** Imports cannot be assigned to, so `let` is declared again with the type it has. */
  #prelude(names: Iterable<string>): string {
    const imports = new Map<string, string[]>();
    let text = "";
    for (const name of names) {
      const { module = "", assignable = false } = this.#owners.get(name) ?? {};
      if (assignable) text += `declare let ${name}: typeof import("${module}").${name}; `;
      else imports.set(module, [...(imports.get(module) ?? []), name]);
    }
    for (const [module, each] of imports) text += `import { ${each.join(", ")} } from "${module}"; `;
    return text;
  }
}

/** A position of the module in the cell's own coordinates; undefined before the cell. */
export function toCell({ line, column }: Position, { lines, shift }: CellModule): Position | undefined {
  if (line < lines) return undefined;
  return { line: line - lines, column: line === lines ? Math.max(0, column - shift) : column };
}

export function toModule({ line, column }: Position, { lines, shift }: CellModule): Position {
  return { line: line + lines, column: line === 0 ? column + shift : column };
}
