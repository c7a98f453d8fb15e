import { readFileSync, writeFileSync } from "node:fs";

/** What one engine did with one workload. */
export interface Row {
  readonly engine: string;
  readonly msPerStep: number;
  /** Seconds of the first `fit`; undefined where it had fewer rows than the others. */
  readonly first?: number;
  /** The process's peak memory in MB; undefined as above. */
  readonly peak?: number;
}

/** One workload. The first row is this library's. */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** One run of the comparison. */
export interface Report {
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly rounds: number;
  readonly table: readonly Result[];
}

/** The lines that the terminal shows for one workload. */
export function lines({ name, title, rows }: Result): string {
  const own = rows[0] as Row;
  const times = (theirs: number | undefined, ours: number | undefined) =>
    theirs === undefined || ours === undefined ? "" : `× ${(theirs / ours).toFixed(2)}`;
  const line = ({ engine, msPerStep, first, peak }: Row) => {
    const speed = `${msPerStep.toFixed(3).padStart(9)} ms/step ${times(msPerStep, own.msPerStep).padEnd(9)}`;
    const start = first === undefined ? "" : `  first fit ${first.toFixed(2)} s ${times(first, own.first).padEnd(8)}`;
    return `  ${engine.padEnd(32)}${speed}${start}${peak === undefined ? "" : `  peak ${peak.toFixed(0)} MB`}`;
  };
  return [`${name}: ${title}`, ...rows.map(line)].join("\n");
}

/** The comparison as a Markdown table: a line for each engine, a column for each workload. */
export function markdown({ date, cores, processor, table }: Report): string {
  const engines = [...new Set(table.flatMap(({ rows }) => rows.map(({ engine }) => engine)))];
  const cells = (engine: string, cell: (row: Row, own: Row) => string) =>
    table.map(({ rows }) => {
      const row = rows.find((each) => each.engine === engine);
      return row ? cell(row, rows[0] as Row) : "";
    });
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  const speed = (engine: string) =>
    cells(engine, (row, own) => {
      const factor = row === own ? "" : ` (${(row.msPerStep / own.msPerStep).toFixed(1)} ×)`;
      return `${row.msPerStep.toPrecision(row.msPerStep < 99.5 ? 2 : 3)}${factor}`;
    });
  const first = table.find(({ name }) => name === "W1");
  const peaks = table.filter(({ name }) => name === "W1" || name === "W4");
  const more = (first?.rows ?? [])
    .filter((row) => row.first !== undefined && row.peak !== undefined)
    .map(({ engine, first }) => {
      const memory = peaks.map(({ rows }) => `${rows.find((row) => row.engine === engine)?.peak?.toFixed(0) ?? ""}`);
      return line([engine, (first as number).toFixed(2), ...memory]);
    });
  return [
    `Milliseconds per step of \`fit\`, the best of several epochs in turns, and how many times as long as here. ${date.slice(0, 10)}, ${cores} cores, ${processor}.`,
    "",
    line(["", ...table.map(({ name, title }) => `${name}: ${title}`)]),
    line(["---", ...table.map(() => "---")]),
    ...engines.map((engine) => line([engine, ...speed(engine)])),
    ...(more.length === 0
      ? []
      : [
          "",
          line(["", "first `fit` of W1, s", ...peaks.map(({ name }) => `peak memory, ${name}, MB`)]),
          line(["---", "---", ...peaks.map(() => "---")]),
          ...more,
        ]),
  ].join("\n");
}

const marks = ["<!-- bench -->", "<!-- /bench -->"] as const;

/** Puts the table between the marks of a Markdown file. */
export function writeInto(file: string, text: string): void {
  const [before, rest] = readFileSync(file, "utf8").split(marks[0]);
  const after = rest?.split(marks[1])[1];
  if (before === undefined || after === undefined) throw new Error(`Expected ${marks.join(" … ")} in ${file}.`);
  writeFileSync(file, `${before}${marks[0]}\n${text}\n${marks[1]}${after}`);
}
