import ts from "typescript6";

/** The globals of cells and their replacements in a program: imports, and other code. */
const standIns: { readonly [name: string]: readonly [imports: string, text: string] } = {
  require: ['import { createRequire } from "node:module";', "const require = createRequire(import.meta.url);"],
  __dirname: ["", "const __dirname = import.meta.dirname;"],
  display: ["", "async function display(value: unknown) {\n  console.log(value);\n  return { update: display };\n}"],
  clearOutput: ["", "function clearOutput() {}"],
};

/** Globals that need someone to answer. */
const interactive = ["input", "prompt", "confirm", "slider", "widget", "comms"];

/** The code that replaces the kernel's globals. */
export class Prelude {
  readonly #used: ReadonlySet<string>;

  /** @param own the names the notebook declares or imports */
  constructor(files: readonly ts.SourceFile[], own: ReadonlySet<string>) {
    const names = [...Object.keys(standIns), ...interactive].filter((name) => !own.has(name));
    this.#used = new Set(names.filter((name) => files.some((file) => mentions(file, name))));
  }

  get imports(): string {
    return this.#texts(0);
  }

  get text(): string {
    return this.#texts(1);
  }

  /** The names that plain Node lacks. */
  get missing(): readonly string[] {
    return interactive.filter((name) => this.#used.has(name));
  }

  #texts(part: 0 | 1): string {
    const texts = Object.entries(standIns).map(([name, both]) => (this.#used.has(name) ? both[part] : ""));
    return texts.filter((text) => text !== "").join("\n");
  }
}

/** Whether a name is read as a variable: `display(1)`, not `tslab.display` or `{ display: 1 }`. */
function mentions(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node) && node.text === name) {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
    return !(ts.isPropertyAssignment(parent) && parent.name === node) && !ts.isBindingElement(parent);
  }
  return ts.forEachChild(node, (child) => mentions(child, name) || undefined) ?? false;
}
