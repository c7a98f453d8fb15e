import ts from "typescript6";
import { Imports } from "./script_imports";
import { Prelude } from "./script_prelude";
import { javascript, strippable } from "./script_stripping";
import { UserError } from "./user_error";

/** A cell of a notebook file. */
export interface NotebookCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

/** A program, and the kernel's names it uses that plain Node lacks: `["slider"]`. */
export interface Script {
  readonly text: string;
  readonly missing: readonly string[];
}

/**
 * A notebook as a program that plain Node runs with the same result: an ES module whose types Node strips.
 *
 * Imports come first, each once. A name that several cells declare becomes one `let`, so that functions of earlier cells
 * see its latest value, as they do in the notebook. What a cell would show is printed. Text becomes comments.
 *
 * @param place maps a module the notebook imports to the program's name for it
 * @throws UserError if one name is imported from two places, or imported and declared.
 */
export function toScript(cells: readonly NotebookCell[], place = (module: string): string => module): Script {
  const parts = cells.map(({ cell_type, source }) => {
    const text = typeof source === "string" ? source : source.join("");
    return cell_type === "code" ? parse(text) : cell_type === "markdown" ? comment(text) : "";
  });
  const files = parts.filter((part) => typeof part !== "string");
  const shared = sharedNames(files);
  const imports = new Imports(place);
  const body = parts.map((part) => (typeof part === "string" ? part : cellBody(part, shared, imports)));
  const prints = body.some((text) => text.includes(`${show}(`));
  const declarations = files.flatMap((file) => file.statements.flatMap(declared).flat());
  const twice = imports.names.find((name) => declarations.includes(name));
  if (twice !== undefined) {
    throw new UserError(`A cell declares ${twice}, and another imports it: rename one of them with \`as\`.`);
  }
  const prelude = new Prelude(files, new Set([...imports.names, ...declarations]));
  const text = [
    [prelude.imports, imports.text(body.join("\n"))].filter((text) => text !== "").join("\n"),
    prelude.text,
    shared.size > 0
      ? `// Declared by more than one cell.\nlet ${[...shared].map((name) => `${name}: any`).join(", ")};`
      : "",
    ...body,
    prints ? `function ${show}(value: unknown) {\n  if (value !== undefined) console.log(value);\n}` : "",
  ]
    .filter((text) => text !== "")
    .join("\n\n")
    .concat("\n");
  return { text, missing: prelude.missing };
}

const show = "__show";

/** Magics need the kernel. */
function parse(code: string): ts.SourceFile {
  const text = code.replaceAll(/^(?=[%!])/gm, "// ");
  return ts.createSourceFile("cell.ts", text, ts.ScriptTarget.Latest, true);
}

const comment = (text: string) => text.replaceAll(/^/gm, "// ").replaceAll(/ +$/gm, "");

/** The names that more than one cell declares, and those that share a destructuring with one of them. */
function sharedNames(files: readonly ts.SourceFile[]): Set<string> {
  const groups = files.map((file) => file.statements.flatMap(declared));
  const counts = new Map<string, number>();
  for (const names of groups.map((cell) => new Set(cell.flat()))) {
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const shared = new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
  for (let size = -1; size !== shared.size; ) {
    size = shared.size;
    for (const group of groups.flat())
      if (group.some((name) => shared.has(name))) for (const name of group) shared.add(name);
  }
  return shared;
}

/** The names that a statement declares, grouped by destructuring. */
function declared(statement: ts.Statement): string[][] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => bound(name));
  const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return named && statement.name ? [[statement.name.text]] : [];
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : bound(element.name)));
}

function cellBody(file: ts.SourceFile, shared: ReadonlySet<string>, imports: Imports): string {
  const functions: string[] = [];
  const rest: string[] = [];
  file.statements.forEach((statement, index) => {
    const isShared = declared(statement)
      .flat()
      .some((name) => shared.has(name));
    const remarks = file.text.slice(statement.getFullStart(), statement.getStart());
    const write = (text: string) => rest.push(remarks + strippable(statement, text));
    if (ts.isImportDeclaration(statement)) imports.add(statement);
    else if (isShared && ts.isVariableStatement(statement)) write(assignments(statement));
    else if (isShared && ts.isFunctionDeclaration(statement)) {
      if (statement.body) functions.push(`${remarks}${statement.name?.text} = ${withoutExport(statement)};`);
    } else if (isShared && ts.isClassDeclaration(statement)) {
      // Only declarations can be `abstract`.
      const isAbstract = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
      const text = withoutExport(statement);
      write(`${statement.name?.text} = ${isAbstract ? javascript(text) : text};`);
    } else if (index === file.statements.length - 1 && isShown(statement)) {
      write(`${show}(await (${statement.expression.getText()}));`);
    } else write(statement.getText());
  });
  const end = file.text.slice(file.endOfFileToken.getFullStart());
  return [...functions, ...rest, end].join("").trim();
}

/** Whether a cell shows the value of its last statement; printing has no value. */
const isShown = (statement: ts.Statement): statement is ts.ExpressionStatement =>
  ts.isExpressionStatement(statement) && !/^(await\s+)?(console\.|display\()/.test(statement.getText());

/** `const { a, b: [c] } = f()` → `({ a, b: [c] } = f());` */
function assignments({ declarationList }: ts.VariableStatement): string {
  return declarationList.declarations
    .map(({ name, initializer }) => `;(${name.getText()} = ${initializer?.getText() ?? "undefined"});`)
    .join("\n");
}

const withoutExport = (statement: ts.FunctionDeclaration | ts.ClassDeclaration) =>
  statement.getText().replace(/^export\s+(default\s+)?/, "");
