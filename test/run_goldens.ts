import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "../kernel/cli/places";

// `npm run test:goldens`: the tests that read goldens.ts. Chosen by source, because dist may hold tests that are gone.
const sources = readdirSync(path.join(packageRoot, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .filter((name) => /from "(\.\.\/)+goldens"/.test(readFileSync(path.join(packageRoot, "test", name), "utf8")));
const tests = sources.map((name) => path.join(__dirname, name.replace(/ts$/, "js")));
process.exitCode = spawnSync(process.execPath, ["--test", ...tests], { stdio: "inherit" }).status ?? 1;
