import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { buildAddon, Unavailable } from "../kernel/cli/native";
import { packageRoot } from "../kernel/cli/places";

/**
 * An installation in `folder` of what is built here, in which tfjs-node has its native part, made by `tskeras native`: the
 * checkout itself stays as its user has it. Where that cannot be built, says why and gives undefined.
 */
export function nativeInstallation(folder: string): string | undefined {
  try {
    buildAddon();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`\n── Without TensorFlow's native library: ${error.message}`);
    return undefined;
  }
  rmSync(folder, { recursive: true, force: true });
  const packages = path.join(folder, "node_modules");
  mkdirSync(path.join(packages, "@tensorflow"), { recursive: true });
  for (const name of ["package.json", "src", "data", "test"]) {
    symlinkSync(path.join(packageRoot, name), path.join(folder, name));
  }
  cpSync(path.join(packageRoot, "dist"), path.join(folder, "dist"), { recursive: true });
  const modules = path.join(packageRoot, "node_modules");
  const tfjs = readdirSync(path.join(modules, "@tensorflow")).map((name) => path.join("@tensorflow", name));
  for (const name of [...readdirSync(modules), ...tfjs]) {
    const target = path.join(packages, name);
    if (name === "@tensorflow") continue;
    if (name !== path.join("@tensorflow", "tfjs-node")) symlinkSync(path.join(modules, name), target);
    else cpSync(realpathSync(path.join(modules, name)), target, { recursive: true });
  }
  const { status } = native(folder);
  if (status !== 0) throw new Error("tskeras native failed.");
  return folder;
}

/** Runs `tskeras native` in an installation. */
export function native(folder: string, args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, ["dist/kernel/cli/main.js", "native", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
}
