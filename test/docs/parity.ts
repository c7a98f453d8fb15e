import { readFileSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "../../kernel/cli/places";
import { keras } from "../../src/index";
import { differences, elsewhere, reasons } from "./parity_notes";

/** What test/reference_values/keras_names.py wrote. */
interface KerasNames {
  readonly keras: string;
  readonly names: { readonly [module: string]: { readonly [name: string]: readonly string[] | null } };
}

type Names = { readonly [name: string]: unknown };

/** `"mean_squared_error"` → `"meanSquaredError"`; class names stay. */
const camel = (name: string) => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What our module calls Keras's name, if it has it. */
function ownName(module: Names, name: string): string | undefined {
  if (camel(name) in module) return camel(name);
  return Object.keys(module).find((own) => own.toLowerCase() === camel(name).toLowerCase());
}

const moduleAt = (dotted: string): Names =>
  (dotted.split(".").reduce<unknown>((value, part) => (value as Names | undefined)?.[part], keras) as Names) ?? {};

/** The options that a class takes, as its own error message lists them; undefined if it cannot be asked. */
function optionsOf(kerasClass: unknown): readonly string[] | undefined {
  const wrong = { zzzzzzzzzzzzzzzzzzzz: 0 };
  const firsts = [
    [],
    [1],
    [1, 1],
    [2, 2],
    [[1]],
    ["relu"],
    [0.5],
    [[2, 3]],
    [() => undefined],
    [() => 1, 1],
    [1, 1, 1],
    [keras.layers.LSTM(1)],
    [{ x: 1 }],
    ["x"],
  ];
  for (const first of firsts) {
    try {
      Reflect.construct(kerasClass as new () => unknown, [...first, wrong]);
    } catch (error) {
      const listed = /has no option "zzzzzzzzzzzzzzzzzzzz"\. It takes (.*)\.$/.exec((error as Error).message)?.[1];
      const { positional = [] } = kerasClass as { readonly positional?: readonly string[] };
      if (listed !== undefined) return [...positional, ...listed.split(", "), ...Array(first.length).fill("")];
    }
  }
  return undefined;
}

/** What is everywhere the same: said once above the table. */
const general = new Set(["dataFormat", "dtype", "name", "trainable"]);

/** Keras's arguments that our class does not take. */
function missingOptions(kerasClass: unknown, expected: readonly string[]): string[] {
  const options = optionsOf(kerasClass);
  if (options === undefined) return [];
  // The first arguments are positional here as there.
  const positional = options.filter((option) => option === "").length;
  const known = new Set(options.map((option) => option.toLowerCase()));
  return expected
    .slice(positional)
    .map(camel)
    .filter((option) => !known.has(option.toLowerCase()) && !general.has(option));
}

const row = (...cells: string[]) => `| ${cells.join(" | ")} |`;
const code = (text: string) => `\`${text}\``;

/** The page, from the built library and the names of Keras. */
export function parityPage(): string {
  const file = path.join(packageRoot, "test", "reference_values", "keras_names.json");
  const { keras: version, names } = JSON.parse(readFileSync(file, "utf8")) as KerasNames;
  const counts: string[] = [];
  const parts = Object.entries(names).map(([module, members]) => {
    const here = moduleAt(module);
    const same: string[] = [];
    const differing: string[] = [];
    const missing = new Map<string, string[]>();
    for (const [name, expected] of Object.entries(members)) {
      const full = `${module}.${name}`;
      const own = ownName(here, name);
      const value = own === undefined ? undefined : here[own];
      const place = value === undefined || own === camel(name) ? elsewhere[full] : own;
      if (value === undefined && place === undefined) {
        const reason = reasons.find(([pattern]) => pattern.test(full))?.[1] ?? "not yet";
        missing.set(reason, [...(missing.get(reason) ?? []), code(name)]);
        continue;
      }
      const lacks = value === undefined || expected === null ? [] : missingOptions(value, expected);
      const notes = [
        place === undefined ? differences[full] : `here ${code(place)}`,
        lacks.length > 0 ? `without ${lacks.map(code).join(", ")}` : undefined,
      ].filter((note) => note !== undefined);
      if (notes.length === 0) same.push(code(camel(name)));
      else differing.push(row(code(name), notes.join("; ")));
    }
    const total = Object.keys(members).length;
    counts.push(
      row(
        `[${module}](#${module.replaceAll(".", "")})`,
        `${same.length}`,
        `${differing.length}`,
        `${total - same.length - differing.length}`,
      ),
    );
    return [
      `## ${module}`,
      ...(same.length > 0 ? [`**Same:** ${same.join(" · ")}`] : []),
      ...(differing.length > 0 ? [["| Differs | |", "|---|---|", ...differing].join("\n")] : []),
      ...(missing.size > 0
        ? [
            [
              "| Missing | Why |",
              "|---|---|",
              ...[...missing].map(([reason, list]) => row(list.join(" "), reason)),
            ].join("\n"),
          ]
        : []),
    ].join("\n\n");
  });
  return `# Keras and tskeras, name by name

Written by \`npm run docs\` from the built library and the public names of Keras ${version}; do not edit.

Names are camelCase where Keras has snake_case, and options are an object: \`Dense(10, activation="relu")\` is
\`Dense(10, { activation: "relu" })\`. Names that are strings may be written as Keras writes them. "Same" means that the name
is there and takes the same options; the numbers are compared with Keras's by the tests. Images have their channels last, so
there is no \`dataFormat\`; computation is in float32. There are no models trained by others (\`keras.applications\`), and no
training on several machines or with fewer bits (\`keras.distribution\`, \`keras.quantizers\`, \`keras.mixed_precision\`).

| Module | same | differs | missing |
|---|---|---|---|
${counts.join("\n")}

${parts.join("\n\n")}
`;
}

export const parityFile = path.join(packageRoot, "docs", "keras-parity.md");
