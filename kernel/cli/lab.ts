import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { install } from "./install";
import { ensureJupyter } from "./jupyter";
import { UserError } from "./user_error";

/**
 * `tskeras lab [FOLDER] [arguments of jupyter lab]`: opens JupyterLab with this kernel installed.
 *
 * @returns JupyterLab's exit code.
 */
export async function lab(args: readonly string[]): Promise<number> {
  await checkPort(args);
  const jupyter = ensureJupyter();
  install(jupyter.data);
  const child = spawn(jupyter.program, ["lab", ...labArguments(args)], { stdio: "inherit" });
  process.on("SIGINT", () => {}); // Ctrl-C reaches Jupyter too, which asks before it ends
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** The arguments for `jupyter lab`: the last folder or notebook wins, and options this machine needs are added. */
export function labArguments(args: readonly string[], machine: Machine = thisMachine()): string[] {
  const asked = path.resolve.bind(path, machine.folder);
  const places = args.filter((arg) => !arg.startsWith("-") && machine.exists(asked(arg)));
  const options = args.filter((arg) => !places.includes(arg));
  const place = places.at(-1);
  return [
    ...(place === undefined ? [] : [asked(place)]),
    ...(machine.root ? ["--allow-root"] : []),
    ...(machine.display ? [] : ["--no-browser"]),
    ...options,
  ];
}

interface Machine {
  readonly folder: string;
  readonly root: boolean;
  readonly display: boolean;
  readonly exists: (file: string) => boolean;
}

function thisMachine(): Machine {
  const { env } = process;
  const remote = env["SSH_CONNECTION"] !== undefined;
  const desktop =
    process.platform !== "linux" || [env["DISPLAY"], env["WAYLAND_DISPLAY"], env["WSL_DISTRO_NAME"]].some(Boolean);
  return {
    folder: env["INIT_CWD"] ?? process.cwd(), // npm changes the working directory and keeps the user's in INIT_CWD
    root: process.getuid?.() === 0,
    display: desktop && !remote,
    exists: existsSync,
  };
}

/** Jupyter would silently take another port than the one asked for. */
async function checkPort(args: readonly string[]): Promise<void> {
  const at = args.findIndex((arg) => /^--(?:ServerApp\.)?port(?:=|$)/.test(arg));
  if (at < 0) return;
  const port = Number(args[at]?.split("=")[1] ?? args[at + 1]);
  if (!Number.isInteger(port) || port <= 0 || port > 65535) {
    throw new UserError(`--port expects a number between 1 and 65535, as in --port 8899.`);
  }
  const taken = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "EADDRINUSE"));
    probe.listen(port, "localhost", () => probe.close(() => resolve(false)));
  });
  if (taken) {
    throw new UserError(
      `Port ${port} is taken by another program: choose another one, or omit --port and Jupyter finds a free one.`,
    );
  }
}
