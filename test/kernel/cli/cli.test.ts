import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { labArguments } from "../../../kernel/cli/lab";
import { packageRoot } from "../../../kernel/cli/places";
import type { KernelSpec } from "../../../kernel/kernelspec";

const scratch = mkdtempSync(path.join(tmpdir(), "tskeras-cli-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const main = path.join(packageRoot, "dist", "kernel", "cli", "main.js");

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "localhost", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Repeats what fails until it succeeds; the test's own time limit ends it. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await sleep(200);
    }
  }
}

function tskeras(args: string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8", env: { ...process.env, ...env } });
}

describe("install and uninstall", () => {
  for (const [name, options, env, data] of [
    ["--prefix", ["--prefix", path.join(scratch, "a")], {}, path.join(scratch, "a", "share", "jupyter")],
    ["--user", ["--user"], { JUPYTER_DATA_DIR: path.join(scratch, "b") }, path.join(scratch, "b")],
    ["the user by default", [], { JUPYTER_DATA_DIR: path.join(scratch, "c") }, path.join(scratch, "c")],
  ] as const) {
    test(name, () => {
      const folder = path.join(data, "kernels", "tskeras");
      assert.equal(tskeras(["install", ...options], env).status, 0);
      const spec = JSON.parse(readFileSync(path.join(folder, "kernel.json"), "utf8")) as KernelSpec;
      assert.equal(spec.language, "typescript");
      assert.equal(spec.interrupt_mode, "message");
      assert.deepEqual(spec.argv, [
        process.execPath,
        path.join(packageRoot, "dist/kernel/main.js"),
        "{connection_file}",
      ]);
      for (const logo of ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"])
        assert.ok(existsSync(path.join(folder, logo)));
      assert.match(tskeras(["install", ...options], env).stdout, /JupyterLab or VS Code/);

      assert.match(tskeras(["uninstall", ...options], env).stdout, /is gone from/);
      assert.equal(existsSync(folder), false);
      assert.match(tskeras(["uninstall", ...options], env).stdout, /^No kernel tskeras was in/);
    });
  }

  test("--sys-prefix is the active Python's environment", () => {
    const bin = path.join(scratch, "env", "bin");
    const made = spawnSync("python3", ["-m", "venv", "--without-pip", path.join(scratch, "env")]);
    assert.equal(made.status, 0);
    assert.equal(
      tskeras(["install", "--sys-prefix"], { PATH: `${bin}${path.delimiter}${process.env["PATH"]}` }).status,
      0,
    );
    assert.ok(existsSync(path.join(scratch, "env", "share", "jupyter", "kernels", "tskeras", "kernel.json")));
  });

  test("two places at once are refused", () => {
    const { status, stderr } = tskeras(["install", "--user", "--prefix", scratch]);
    assert.equal(status, 1);
    assert.match(stderr, /Choose one of --user, --sys-prefix and --prefix/);
  });

  test("a place that cannot be made is refused with what to do", () => {
    const file = path.join(scratch, "file");
    writeFileSync(file, "");
    const { status, stderr } = tskeras(["install", "--prefix", file]);
    assert.equal(status, 1);
    assert.match(stderr, /cannot be written \(ENOTDIR\): choose another place with --user or --prefix DIR/);
  });
});

describe("lab", () => {
  const desktop = {
    folder: "/home/ann",
    root: false,
    display: true,
    exists: (file: string) => file.endsWith("notebooks"),
  };

  test("opens the folder that was named last and hands the rest to jupyter lab", () => {
    assert.deepEqual(labArguments(["/code/notebooks", "--port", "9999"], desktop), [
      "/code/notebooks",
      "--port",
      "9999",
    ]);
    assert.deepEqual(labArguments(["/code/notebooks", "my-notebooks"], desktop), ["/home/ann/my-notebooks"]);
    assert.deepEqual(labArguments([], desktop), []);
  });

  test("as root and without a display it adds what Jupyter needs", () => {
    const server = { ...desktop, root: true, display: false };
    assert.deepEqual(labArguments(["notebooks"], server), ["/home/ann/notebooks", "--allow-root", "--no-browser"]);
  });

  test("a taken port is refused in one sentence", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "localhost", () => resolve((server.address() as { port: number }).port));
    });
    try {
      for (const args of [["--port", `${port}`], [`--port=${port}`], [`--ServerApp.port=${port}`]]) {
        const { status, stderr } = tskeras(["lab", ...args]);
        assert.equal(status, 1);
        assert.match(stderr.trim(), new RegExp(`^Port ${port} is taken by another program: .*--port.*$`));
      }
    } finally {
      server.close();
    }
  });

  test("starts JupyterLab with the kernel and its extension in it, and ends with it", {
    timeout: 120_000,
  }, async () => {
    const port = await freePort();
    const args = [main, "lab", scratch, `--port=${port}`, "--no-browser", "--IdentityProvider.token=t"];
    const lab = spawn(process.execPath, args, { stdio: "ignore" });
    const ended = once(lab, "exit");
    const ask = async (what: string) => (await fetch(`http://localhost:${port}/${what}?token=t`)).json();
    try {
      const { kernelspecs } = (await eventually(() => ask("api/kernelspecs"))) as {
        kernelspecs: Record<string, unknown>;
      };
      assert.ok("tskeras" in kernelspecs);
      const extensions = (await ask("lab/api/extensions")) as { name: string; enabled: boolean }[];
      assert.ok(extensions.some(({ name, enabled }) => name === "tskeras" && enabled));
    } finally {
      lab.kill("SIGTERM");
    }
    await ended;
    await assert.rejects(ask("api/kernelspecs"));
  });

  test("a port that is no port is refused", () => {
    assert.match(tskeras(["lab", "--port", "http"]).stderr, /a number between 1 and 65535/);
  });
});

describe("without a usable Python", () => {
  const bin = path.join(scratch, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, path.join(bin, "node"));
  const python = (file: string, script: string) =>
    writeFileSync(path.join(bin, file), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const program = `
    const { findPython } = require(${JSON.stringify(path.join(packageRoot, "dist/kernel/cli/python.js"))});
    try { console.log(findPython()) } catch (error) { console.log(error.message) }`;
  const find = () =>
    spawnSync(path.join(bin, "node"), ["-e", program], { encoding: "utf8", env: { PATH: bin } }).stdout.trim();

  test("none on PATH", () => {
    assert.match(find(), /^JupyterLab needs Python 3\.9 or newer, and no Python is on your PATH: install it from .*$/);
  });

  test("one that is too old", () => {
    python("python3", "echo 3 8");
    assert.match(find(), /^JupyterLab needs Python 3\.9 or newer, and python3 is 3\.8: install it from .*$/);
    python("python", "echo 3 12");
    assert.equal(find(), "python");
  });
});

test("doctor says what to do about a kernel whose files are gone", () => {
  const data = path.join(scratch, "doctor");
  const env = { JUPYTER_DATA_DIR: data };
  tskeras(["install"], env);
  const file = path.join(data, "kernels", "tskeras", "kernel.json");
  const spec = JSON.parse(readFileSync(file, "utf8")) as KernelSpec;
  writeFileSync(file, JSON.stringify({ ...spec, argv: [spec.argv[0], "/gone/main.js", spec.argv[2]] }));
  const { status, stdout } = tskeras(["doctor"], env);
  assert.equal(status, 1);
  assert.match(stdout, /!! {2}kernel .*starts \/gone\/main\.js, which is gone\n +→ tskeras install/);
});

test("an unknown command shows the ones there are", () => {
  const { status, stderr } = tskeras(["instal"]);
  assert.equal(status, 2);
  assert.match(stderr, /There is no command instal\.[\s\S]*tskeras install/);
});
