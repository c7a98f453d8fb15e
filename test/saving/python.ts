import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inEnvironment } from "../../kernel/cli/python";

/** The Python that has Keras: `$KERAS_PYTHON`, else the environment that `npm test` makes. */
export function kerasPython(): string {
  const python = process.env["KERAS_PYTHON"] ?? inEnvironment("python");
  if (existsSync(python)) return python;
  throw new Error(`There is no ${python}. Run npm test, or set KERAS_PYTHON to a Python with keras and jax.`);
}

/** Runs the Python half of these tests. */
export function kerasSide(command: "make" | "check", folder: string): void {
  const script = join(__dirname, "../../../test/saving/keras_side.py");
  const { status, stderr } = spawnSync(kerasPython(), [script, command, folder], {
    encoding: "utf8",
    env: { ...process.env, KERAS_BACKEND: "jax" },
  });
  if (status !== 0) throw new Error(`keras_side.py ${command} failed:\n${stderr}`);
}
