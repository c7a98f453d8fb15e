import { readdirSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "../../kernel/cli/places";

/** The pages that people read, relative to the checkout. */
export const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(path.join(packageRoot, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join("docs", name)),
];
