import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { KernelSpec } from "../kernelspec";
import { specFolder } from "./install";
import { jupyterOnPath, labVersion, ownJupyter } from "./jupyter";
import { packageRoot, userDataFolder } from "./places";
import { findPython } from "./python";

/** One line of the report; `todo` is what to do about it, if anything. */
interface Finding {
  readonly about: string;
  readonly found: string;
  readonly todo?: string;
}

/** `tskeras doctor`: reports what is installed, what is missing and what to do. Returns 1 if something must be done. */
export function doctor(): number {
  const findings = [node(), python(), jupyter(), ...kernels(), library()];
  const width = Math.max(...findings.map(({ about }) => about.length));
  for (const { about, found, todo } of findings) {
    console.log(`${todo === undefined ? "ok" : "!!"}  ${about.padEnd(width)}  ${found}`);
    if (todo !== undefined) console.log(`${" ".repeat(width + 6)}→ ${todo}`);
  }
  return findings.some(({ todo }) => todo !== undefined) ? 1 : 0;
}

function node(): Finding {
  return { about: "Node", found: `${process.version} (${process.execPath})` };
}

function python(): Finding {
  try {
    return { about: "Python", found: findPython() };
  } catch (error) {
    return { about: "Python", found: "none that is new enough", todo: (error as Error).message };
  }
}

function jupyter(): Finding {
  const found = jupyterOnPath() ?? ownJupyter();
  const about = "JupyterLab";
  if (found) {
    const widgets = existsSync(path.join(found.data, "labextensions", "anywidget"));
    const hint = widgets ? "" : "; to show sliders and other widgets: pip install anywidget, in its Python";
    return { about, found: `${labVersion(found.program) ?? "does not start"} (${found.program})${hint}` };
  }
  return { about, found: "none", todo: "tskeras lab installs one in its own environment." };
}

function kernels(): Finding[] {
  const folders = new Set(
    [userDataFolder(), jupyterOnPath()?.data, ownJupyter()?.data].filter((data) => data !== undefined),
  );
  const about = "kernel";
  const found = [...folders].filter((data) => existsSync(path.join(specFolder(data), "kernel.json")));
  if (found.length === 0) return [{ about, found: "not installed", todo: "tskeras install" }];
  return found.map((data) => {
    const { argv } = JSON.parse(readFileSync(path.join(specFolder(data), "kernel.json"), "utf8")) as KernelSpec;
    const missing = argv.filter((arg) => path.isAbsolute(arg) && !existsSync(arg));
    if (missing.length === 0) return { about, found: specFolder(data) };
    const place = data === userDataFolder() ? "" : ` --prefix ${path.resolve(data, "../..")}`;
    return { about, found: `${specFolder(data)} starts ${missing[0]}, which is gone`, todo: `tskeras install${place}` };
  });
}

/** Loads the library in a separate process, because an incompatible native part ends the process. */
function library(): Finding {
  const { version } = JSON.parse(readFileSync(path.join(packageRoot, "package.json"), "utf8")) as { version: string };
  // The backend starts in the background and is ready when the process exits.
  const probe = `const { keras: { config } } = require("tskeras");
    process.on("exit", () => console.log(config.backend() + ": " + config.backendReason()))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", probe], { cwd: packageRoot, encoding: "utf8" });
  const about = `tskeras ${version}`;
  if (status === 0) return { about, found: `computes with ${stdout.trim()}` };
  return {
    about,
    found: "does not load",
    todo: stderr.split("\n").find((line) => line.includes("Error")) ?? stderr.trim(),
  };
}
