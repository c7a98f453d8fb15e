import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A ```ts block of a doc comment or a Markdown file. */
export interface Example {
  /** The file it stands in, relative to the checkout. */
  readonly file: string;
  /** The line of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
}

/** The runnable examples of a file's text: every ```ts block of a Markdown file, those of doc comments elsewhere. */
export function examplesIn(file: string, text: string): Example[] {
  const inComments = !file.endsWith(".md");
  const found: Example[] = [];
  let inComment = false;
  let block: { line: number; code: string[] } | undefined;
  text.split("\n").forEach((raw, index) => {
    if (inComments && !inComment) {
      inComment = /^\s*\/\*\*/.test(raw) && !raw.includes("*/");
      return;
    }
    if (inComments && raw.includes("*/")) {
      inComment = false;
      return;
    }
    const line = inComments ? raw.replace(/^\s*\* ?/, "") : raw;
    if (block) {
      if (/^\s*```\s*$/.test(line)) {
        found.push({ file, line: block.line, code: block.code.join("\n") });
        block = undefined;
      } else block.code.push(line);
    } else if (/^\s*```ts\s*$/.test(line)) block = { line: index + 2, code: [] };
  });
  return found;
}

/** Every example of the checkout, in the order of the files' names. */
export function allExamples(root: string): Example[] {
  const sources = ["src", "docs"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name)),
  );
  return ["README.md", ...sources.filter((name) => /\.(ts|md)$/.test(name)).sort()].flatMap((file) =>
    examplesIn(file, readFileSync(path.join(root, file), "utf8")),
  );
}
