import { builtinModules } from "node:module";

/** Where a name that nobody declared may come from, most likely first. */
const modules = [
  "tskeras",
  "node:path",
  "node:fs",
  "node:fs/promises",
  "node:os",
  "node:util",
  "node:timers/promises",
  "node:crypto",
  "node:child_process",
  "node:worker_threads",
];

/** A document whose errors tell which of {@link modules} have which of the names: one import on each line. */
export interface ImportProbe {
  readonly text: string;
  /** The import that each name lacks, given the lines with errors. */
  answer(wrong: ReadonlySet<number>): Map<string, string>;
}

/** Asks for up to five names. */
export function importProbe(names: ReadonlySet<string>): ImportProbe {
  const candidates = [...names].slice(0, 5).flatMap((name) => {
    const own = builtinModules.includes(name) ? [{ name, statement: `import ${name} from "node:${name}"` }] : [];
    return [...own, ...modules.map((module) => ({ name, statement: `import { ${name} } from "${module}"` }))];
  });
  return {
    text: `${candidates.map(({ name, statement }, line) => statement.replace(name, `${aliased(statement, name)}${line}`)).join("\n")}\n`,
    answer(wrong) {
      const found = new Map<string, string>();
      for (const [line, { name, statement }] of candidates.entries())
        if (!wrong.has(line) && !found.has(name)) found.set(name, statement);
      return found;
    },
  };
}

/** Each line imports under a name of its own. */
function aliased(statement: string, name: string): string {
  return statement.includes("{") ? `${name} as probe` : "probe";
}
