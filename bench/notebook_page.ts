/** Seconds of each, the best of some rounds; "over" if it was stopped at the limit. */
export interface Times {
  readonly tskeras?: number | "over";
  readonly tensorflow?: number | "over";
  readonly jax?: number | "over";
}

/** All measurements from one machine. */
export interface NotebookTimes {
  readonly cores: number;
  readonly processor: string;
  readonly rows: { [name: string]: { readonly date: string; readonly limit: number; readonly times: Times } };
}

const generated = ["05", "06", "07"];

/** The page docs/notebook-times.md. */
export function notebookPage(
  { cores, processor, rows }: NotebookTimes,
  parts: { readonly [name: string]: string },
): string {
  const cell = (who: keyof Times, name: string) => {
    const { times, limit } = rows[name] ?? { times: {}, limit: 0 };
    const [own, their] = [times.tskeras, times[who]];
    if (their === undefined) return "";
    const text = their === "over" ? `over ${limit}` : their.toPrecision(their < 100 ? 2 : 3);
    const factor =
      who === "tskeras" || own === "over" || own === undefined ? undefined : (their === "over" ? limit : their) / own;
    return factor === undefined ? text : `${text} (${their === "over" ? "over " : ""}${factor.toFixed(1)} ×)`;
  };
  const table = (first: string, lines: readonly (readonly [name: string, title: string])[]) => [
    `| ${first} | tskeras | Keras on TensorFlow | Keras on JAX |`,
    "|---|--:|--:|--:|",
    ...lines.map(
      ([name, title]) =>
        `| ${title} | ${(["tskeras", "tensorflow", "jax"] as const).map((who) => cell(who, name)).join(" | ")} |`,
    ),
  ];
  const notebooks = Object.keys(rows)
    .filter((name) => !(name in parts))
    .sort()
    .map(
      (name) =>
        [
          name,
          `[${name}](../notebooks/${name}.ipynb)${generated.some((each) => name.startsWith(each)) ? " \\*" : ""}`,
        ] as const,
    );
  const measuredParts = Object.entries(parts).filter(([name]) => name in rows);
  const dates = Object.values(rows).map(({ date }) => date);
  return [
    "# Notebook times, compared with Python",
    "",
    "Seconds from the start of the program to the end of its last step; in parentheses the ratio to tskeras. tskeras executes",
    "each notebook in the Jupyter kernel, including kernel start, type checks, charts and their pictures. Python runs the same",
    "steps as a plain program ([bench/counterparts](../bench/counterparts)), including the import of Keras, without charts.",
    "",
    `\`npm run bench:notebooks -- --docs\` writes this page: the best of several alternating rounds. ${dates.sort().at(-1)}, ${cores} cores, ${processor}.`,
    "",
    ...table("notebook", notebooks),
    "",
    "\\* on small generated archives in Keras's formats, the same for all three: 6,000 digits, 12,500 reviews and 3,200 newswires",
    "for training.",
    "",
    "Two single steps, without start-up:",
    "",
    ...table("step", measuredParts),
    "",
  ].join("\n");
}
