import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "./places";
import { UserError } from "./user_error";

const oldest = [3, 9] as const;

/** The packages `npm start` needs; anywidget shows the widgets. */
export const labPackages = ["jupyterlab>=4.2,<5", "anywidget>=0.9"];

/** tskeras's own Python environment; the user's Pythons are never touched. */
export const environment = path.join(packageRoot, ".venv");

/** The path of a program in tskeras's own environment. */
export function inEnvironment(program: string): string {
  return process.platform === "win32"
    ? path.join(environment, "Scripts", `${program}.exe`)
    : path.join(environment, "bin", program);
}

/**
 * Creates `.venv` if necessary and installs the missing ones of `packages`.
 *
 * @returns the environment's Python.
 * @throws UserError if there is no usable Python, or the packages cannot be installed.
 */
export function ensureEnvironment(packages: readonly string[]): string {
  const python = inEnvironment("python");
  const stamp = path.join(environment, "tskeras-packages.txt");
  const have = existsSync(stamp) && works(python) ? readFileSync(stamp, "utf8").split("\n") : [];
  const missing = packages.filter((name) => !have.includes(name));
  if (missing.length === 0) return python;
  if (have.length === 0) create();
  console.log(`Installing ${missing.join(" ")} into ${environment} (once; about a minute) …`);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...missing];
  const { status, stderr } = spawnSync(python, pip, { encoding: "utf8", stdio: ["ignore", "inherit", "pipe"] });
  if (status !== 0) {
    throw new UserError(
      /NewConnectionError|ConnectTimeout|ReadTimeout|name resolution|Network is unreachable|ProxyError/.test(stderr)
        ? "The Python package index cannot be reached: connect to the network, or set HTTPS_PROXY, and run the command again. With JupyterLab 4 on your PATH no download is needed."
        : `${stderr}\npip could not install ${missing.join(" ")}: see its message above.`,
    );
  }
  writeFileSync(stamp, [...have, ...missing].join("\n"));
  return python;
}

function create(): void {
  if (works(inEnvironment("python")) && run(inEnvironment("python"), ["-m", "pip", "--version"]).status === 0) return;
  const python = findPython();
  console.log(`Making a Python environment in ${environment} …`);
  rmSync(environment, { recursive: true, force: true });
  const { status, stdout, stderr } = run(python, ["-m", "venv", environment]);
  if (status === 0) return;
  rmSync(environment, { recursive: true, force: true });
  const said = `${stdout}${stderr}`.trim();
  if (/ensurepip|No module named '?venv/.test(said)) {
    throw new UserError(
      `${python} cannot make environments: its venv module is missing. On Debian and Ubuntu run \`sudo apt install python3-venv\`, then this command again.`,
    );
  }
  throw new UserError(`${python} could not make an environment in ${environment}: ${said.split("\n").at(-1)}`);
}

/** A Python that is new enough: `$PYTHON`, `python3` or `python` on PATH, or Windows' launcher. */
export function findPython(): string {
  const tooOld: string[] = [];
  for (const name of [process.env["PYTHON"], "python3", "python", "py"]) {
    if (!name) continue;
    const { status, stdout } = run(name, ["-c", "import sys; print(*sys.version_info[:2])"]);
    if (status !== 0) continue;
    const [major = 0, minor = 0] = stdout.trim().split(" ").map(Number);
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return name;
    tooOld.push(`${name} is ${major}.${minor}`);
  }
  const need = `JupyterLab needs Python ${oldest.join(".")} or newer`;
  const get =
    "install it from https://www.python.org or with your system's packages (Debian and Ubuntu: sudo apt install python3 python3-venv), then run this command again.";
  if (tooOld.length > 0) throw new UserError(`${need}, and ${tooOld.join(", ")}: ${get}`);
  throw new UserError(`${need}, and no Python is on your PATH: ${get}`);
}

function works(python: string): boolean {
  return existsSync(python) && run(python, ["-c", ""]).status === 0;
}

function run(program: string, args: readonly string[]) {
  return spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
