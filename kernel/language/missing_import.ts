import { builtinModules } from "node:module";

/** Where an undeclared name may come from, most likely first. */
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

/**
 * A document with one import on each line, for up to five names. Its errors show which of {@link modules} export which names:
 * `answer` returns the import that each name lacks, given the lines with errors.
 */
export function importProbe(names: ReadonlySet<string>) {
  const candidates = [...names].slice(0, 5).flatMap((name) => {
    const own = builtinModules.includes(name) ? [{ name, statement: `import ${name} from "node:${name}"` }] : [];
    return [...own, ...modules.map((module) => ({ name, statement: `import { ${name} } from "${module}"` }))];
  });
  // Each line imports under a name of its own.
  const lines = candidates.map(({ name, statement }, line) =>
    statement.replace(name, statement.includes("{") ? `${name} as probe${line}` : `probe${line}`),
  );
  return {
    text: `${lines.join("\n")}\n`,
    answer(wrong: ReadonlySet<number>): Map<string, string> {
      const found = new Map<string, string>();
      for (const [line, { name, statement }] of candidates.entries())
        if (!wrong.has(line) && !found.has(name)) found.set(name, statement);
      return found;
    },
  };
}
