import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

const packages = ["keras", "tensorflow-cpu", "jax", "torch", "scikit-learn"];

/** A Python with the peers: `$BENCH_PYTHON`, or one of our own in `folder` that is made at the first run. */
export function python(folder: string): string {
  const given = process.env["BENCH_PYTHON"];
  if (given) return given;
  const own = path.join(folder, "venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(own)) {
    console.log(`Installing ${packages.join(", ")} for comparison …`);
    const run = (command: string, ...args: string[]) => {
      if (spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status !== 0) {
        throw new Error(`Could not prepare Python for the comparison: ${command} ${args.join(" ")} failed.`);
      }
    };
    mkdirSync(folder, { recursive: true });
    run(process.platform === "win32" ? "python" : "python3", "-m", "venv", path.join(folder, "venv"));
    run(own, "-m", "pip", "install", "--quiet", ...packages);
  }
  return own;
}
