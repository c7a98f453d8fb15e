import ts from "typescript6";
import { javascript } from "./script_stripping";
import { UserError } from "./user_error";

/** Import declarations, merged by module. */
export class Imports {
  readonly #whole = new Set<string>();
  readonly #named = new Map<string, Map<string, string>>();
  readonly #from = new Map<string, string>();
  readonly #place: (module: string) => string;

  /** @param place maps a module to the program's name for it */
  constructor(place: (module: string) => string) {
    this.#place = place;
  }

  add(statement: ts.ImportDeclaration): void {
    const { importClause, moduleSpecifier } = statement;
    const named = importClause?.namedBindings;
    const merges = named && ts.isNamedImports(named) && !importClause.name && !statement.attributes;
    const module = JSON.stringify(this.#place((moduleSpecifier as ts.StringLiteral).text));
    for (const name of importedNames(importClause)) {
      const before = this.#from.get(name);
      if (before !== undefined && before !== module) {
        throw new UserError(`${name} is imported from ${before} and from ${module}: rename one of them with \`as\`.`);
      }
      this.#from.set(name, module);
    }
    if (!merges) {
      const [start, text] = [statement.getStart(), statement.getText()];
      this.#whole.add(
        text.slice(0, moduleSpecifier.getStart() - start) + module + text.slice(moduleSpecifier.getEnd() - start),
      );
      return;
    }
    const names = this.#named.get(module) ?? new Map<string, string>();
    for (const element of named.elements) {
      const type = importClause.isTypeOnly ? "type " : "";
      const before = names.get(element.name.text);
      // A value import is also a type.
      if (!before || before.startsWith("type ")) names.set(element.name.text, type + element.getText());
    }
    this.#named.set(module, names);
  }

  get names(): readonly string[] {
    return [...this.#from.keys()];
  }

  /** The imports of a program. Node strips types without knowing which imports are types, so type imports must say so. */
  text(body: string): string {
    const values = valueNames(`${this.#text(() => true)}\n${body}`);
    return this.#text((name) => values.has(name));
  }

  #text(isValue: (name: string) => boolean): string {
    const merged = [...this.#named].map(([module, names]) => {
      const texts = [...names].map(([name, text]) =>
        isValue(name) || text.startsWith("type ") ? text : `type ${text}`,
      );
      return `import { ${texts.join(", ")} } from ${module};`;
    });
    return [...merged, ...this.#whole].join("\n");
  }
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  const named = !bindings
    ? []
    : ts.isNamedImports(bindings)
      ? bindings.elements.map(({ name }) => name.text)
      : [bindings.name.text];
  return clause?.name ? [clause.name.text, ...named] : named;
}

/** The imported names that remain when TypeScript removes the types. */
function valueNames(program: string): Set<string> {
  const file = ts.createSourceFile("program.js", javascript(program), ts.ScriptTarget.Latest);
  return new Set(
    file.statements.flatMap((each) => (ts.isImportDeclaration(each) ? importedNames(each.importClause) : [])),
  );
}
