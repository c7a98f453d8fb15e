/** A line of a cell that is not TypeScript. */
export interface Magic {
  /** What it is called in `Magics`. */
  readonly name: string;
  /** How it is written; {@link help} shows it so. */
  readonly syntax: string;
  readonly help: string;
  /**
   * `text`: the rest of the line is an argument. `expression`: the rest is TypeScript, which the magic runs. `shell`: `!` and
   * a command. `cell`: only in a cell's first line; the protocol's thread interprets it.
   */
  readonly form: "text" | "expression" | "shell" | "cell";
  /** Advice for a line that begins like the magic but is none. */
  readonly misuse?: string;
}

export const typecheckModes = ["off", "warn", "error"] as const;
/** What happens to a cell with type errors: they are not looked for, they are shown and the cell runs, or it is refused. */
export type Typecheck = (typeof typecheckModes)[number];

/** Every magic: the parser, `%help` and the advice for mistakes derive from this table. */
export const magicTable = [
  {
    name: "time",
    form: "expression",
    syntax: "%time EXPRESSION",
    help: "the value, and how long it took",
    misuse: "`%time` needs an expression after it.",
  },
  {
    name: "time",
    form: "cell",
    syntax: "%%time",
    help: "(first line) how long the cell took",
    misuse: "`%%time` belongs in the first line of a cell.",
  },
  { name: "who", form: "text", syntax: "%who", help: "the variables and what they are" },
  { name: "reset", form: "text", syntax: "%reset", help: "frees all variables: they become undefined" },
  { name: "npm", form: "text", syntax: "%npm install NAME", help: "npm, in the notebook's folder" },
  { name: "cd", form: "text", syntax: "%cd DIR", help: "another folder for files and imports" },
  { name: "shell", form: "shell", syntax: "!COMMAND", help: "a command of the shell" },
  { name: "help", form: "text", syntax: "%help", help: "this page" },
  {
    name: "typecheck",
    form: "cell",
    syntax: `%%typecheck ${typecheckModes.join("|")}`,
    help: "(first line) whether type errors stop this cell; with one % all that follow",
    misuse:
      "In the first line of a cell, `%%typecheck off`, `warn` or `error`; with one `%` for this cell and all that follow.",
  },
] as const satisfies readonly Magic[];

type Entry = (typeof magicTable)[number];
/** The magics that a cell calls, which therefore need an implementation. */
export type CalledMagic = Exclude<Entry, { form: "cell" }>["name"];

/** The lines of `%help`. */
export function helpLines(): string {
  const width = Math.max(...magicTable.map(({ syntax }) => syntax.length));
  return magicTable.map(({ syntax, help }) => `${syntax.padEnd(width)}  ${help}`).join("\n");
}

/** What to say of a line that begins with `%` but is no magic. */
export function adviceFor(line: string): string {
  const [, written = line, name] = /^(%+(\w*))/.exec(line) ?? [];
  const magics: readonly Magic[] = magicTable;
  const similar =
    magics.find(({ syntax }) => syntax.split(" ")[0] === written) ??
    magics.find((magic) => magic.name === name && magic.form === "cell");
  if (similar?.misuse) return similar.misuse;
  if (name === "pip" || name === "conda") return "Packages come from npm here: `%npm install NAME`.";
  if (name === "matplotlib") return "Charts need no such line here.";
  return `There is no \`${written}\` here: \`%help\` lists what there is.`;
}
