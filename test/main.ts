import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { install } from "../kernel/cli/install";
import { dataFolder, packageRoot } from "../kernel/cli/places";
import { ensureEnvironment, environment } from "../kernel/cli/python";
import { UserError } from "../kernel/cli/user_error";
import { nativeInstallation } from "./native_installation";
import { testPackages } from "./packages";

/** The tests that look at numbers: they run once more where TensorFlow's native library computes. */
const onValues =
  /test\/(activations|backend|initializers|layers|losses|metrics|model_selection|models|ops|optimizers|random|tensorflow|trainers)\/|cli\/native/;

/**
 * `npm test [-- WORD… --long]`: everything, or the test files whose path contains one of the words; with the word `native` also the
 * numbers on TensorFlow's native library, which is built for it. With `--long` also the notebooks that train for minutes.
 * Every part runs, whatever became of the ones before it.
 */
function main(args: readonly string[]): number {
  const long = args.filter((arg) => arg === "--long");
  const words = args.filter((arg) => arg !== "--long");
  const wanted = (file: string) => words.length === 0 || words.some((word) => file.includes(word));
  const python = ensureEnvironment(testPackages);
  install(dataFolder(environment));

  const failed: string[] = [];
  const part = (name: string, program: string, args: readonly string[], cwd = packageRoot) => {
    console.log(`\n── ${name}`);
    const started = performance.now();
    const { status } = spawnSync(program, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) failed.push(name);
    console.log(
      `── ${name}: ${status === 0 ? "ok" : "FAILED"}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
  };
  const nodePart = (name: string, ...args: string[]) => part(name, process.execPath, args);
  const nodeModule = (...names: string[]) => path.join(packageRoot, "node_modules", ...names);

  if (words.length === 0) {
    nodePart("style", nodeModule("@biomejs", "biome", "bin", "biome"), "check", ".");
    nodePart("types", nodeModule("typescript", "bin", "tsc"), "-p", packageRoot, "--noEmit");
  }
  const unit = unitTests().filter(wanted);
  if (unit.length > 0) nodePart("unit tests", "--test", "--test-reporter=spec", ...unit);
  const pythonTests = pythonTestFiles().filter(wanted);
  if (pythonTests.length > 0) part("kernel and notebooks", python, ["-m", "pytest", "-ra", ...long, ...pythonTests]);

  if (words.length === 0 || words.includes("native")) {
    const folder = nativeInstallation(path.join(packageRoot, "build/native"));
    if (folder !== undefined) {
      const values = unitTests().filter((file) => onValues.test(file));
      part(
        "values on TensorFlow's native library",
        process.execPath,
        ["--test", "--test-reporter=spec", ...values],
        folder,
      );
    }
  }

  if (failed.length > 0) console.error(`Failed: ${failed.join(", ")}`);
  return failed.length > 0 ? 1 : 0;
}

/** The compiled tests whose source is still there: dist may hold older ones. */
function unitTests(): string[] {
  return filesIn("test", ".test.ts").map((file) => path.join("dist", file.replace(/ts$/, "js")));
}

function pythonTestFiles(): string[] {
  return filesIn("test", ".py").filter((file) => path.basename(file).startsWith("test_"));
}

function filesIn(folder: string, ending: string): string[] {
  const entries = readdirSync(path.join(packageRoot, folder), { recursive: true, encoding: "utf8" });
  return entries
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(folder, name));
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
