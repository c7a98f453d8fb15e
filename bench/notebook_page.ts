/** Seconds of each, the best of some rounds; "over" if it was stopped at the limit. */
export interface Times {
  readonly tskeras?: number | "over";
  readonly tensorflow?: number | "over";
  readonly jax?: number | "over";
}

/** All that has been measured on one machine. */
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
    `| ${first} | here | Keras on TensorFlow | Keras on JAX |`,
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
    "# The notebooks' times beside Python",
    "",
    "Seconds from the start of the program to the end of its last step, and how many times as long as here. Here, a notebook is",
    "executed in the Jupyter kernel: its start, the type check of each cell, the charts and their pictures count. In Python, the",
    "same steps run as a plain program ([bench/counterparts](../bench/counterparts)) without the charts; importing Keras counts.",
    "",
    `\`npm run bench:notebooks\` writes this page: the best of several rounds in turns. ${dates.sort().at(-1)}, ${cores} cores, ${processor}.`,
    "",
    ...table("notebook", notebooks),
    "",
    "\\* on small generated archives in Keras's formats, the same for all three: 6,000 digits, 12,500 reviews, 3,200 newswires to",
    "train with.",
    "",
    "Two steps by themselves, without the start:",
    "",
    ...table("step", measuredParts),
    "",
  ].join("\n");
}
