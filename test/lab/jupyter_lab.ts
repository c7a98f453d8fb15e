import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { install } from "../../kernel/cli/install";
import { packageRoot } from "../../kernel/cli/places";
import { inEnvironment } from "../../kernel/cli/python";

/** A notebook file, as far as the tests look at it. */
export interface Notebook {
  readonly cells: {
    readonly cell_type: string;
    readonly outputs?: readonly {
      readonly output_type: string;
      readonly data?: { readonly [mimeType: string]: unknown };
    }[];
  }[];
}

/** Where Debian, Homebrew and Google put a Chromium; CHROMIUM chooses another. */
export const chromiumProgram = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((file) => file !== undefined && existsSync(file));

/** Why JupyterLab cannot be driven here, or false. CI installs a browser, so there it is never skipped. */
export const cannotDrive: string | false =
  process.env["CI"] || (chromiumProgram && existsSync(inEnvironment("jupyter")))
    ? false
    : "needs Chromium (apt-get install chromium, or CHROMIUM=/path) and JupyterLab (npm test installs it)";

/** How JupyterLab is set up. */
interface LabOptions {
  /** Default light. */
  readonly theme?: "JupyterLab Light" | "JupyterLab Dark";
  /** Leaves plotly.py's own extension on where it is installed. Default false. */
  readonly plotlyPy?: boolean;
  /** The setting of our extension. Default true. */
  readonly storePictures?: boolean;
}

/** The JupyterLab extension that comes with Python's plotly. */
export const plotlyPyExtension = "jupyterlab-plotly";

/** A JupyterLab of its own on a folder of its own, and a browser that reaches nothing but this machine. */
export class JupyterLab {
  readonly #folder: string;
  readonly #token = randomUUID();
  #server: ChildProcess | undefined;
  #browser: Browser | undefined;
  #port = 0;
  #log = "";
  /** Addresses beyond this machine that a page asked for; each was refused. */
  readonly refused: string[] = [];

  private constructor() {
    this.#folder = mkdtempSync(path.join(tmpdir(), "tskeras-lab-"));
  }

  static async start(options: LabOptions = {}): Promise<JupyterLab> {
    const lab = new JupyterLab();
    try {
      lab.#configure(options);
      await lab.#serve();
      if (!chromiumProgram) throw new Error("No Chromium was found: apt-get install chromium, or set CHROMIUM.");
      const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"];
      lab.#browser = await chromium.launch({ executablePath: chromiumProgram, args });
      return lab;
    } catch (error) {
      await lab.stop();
      throw error;
    }
  }

  /** Writes a notebook of code cells (or any notebook file) where JupyterLab serves it. */
  write(name: string, cells: readonly string[] | object): void {
    const notebook = Array.isArray(cells) ? notebookOf(cells as readonly string[]) : cells;
    writeFileSync(path.join(this.#root, name), JSON.stringify(notebook));
  }

  /** The notebook as it is saved. */
  read(name: string): Notebook {
    return JSON.parse(readFileSync(path.join(this.#root, name), "utf8")) as Notebook;
  }

  /** The folder that JupyterLab serves. */
  get #root(): string {
    return path.join(this.#folder, "root");
  }

  /** Where a file of that folder is. */
  path(name: string): string {
    return path.join(this.#root, name);
  }

  /** Opens a file in the browser, without JupyterLab. */
  async openFile(file: string): Promise<Page> {
    const page = await this.#newPage({ width: 1100, height: 900 });
    await page.goto(pathToFileURL(file).href, { waitUntil: "domcontentloaded" });
    return page;
  }

  /** A page that reaches nothing but this machine. */
  async #newPage(size: { readonly width: number; readonly height: number }): Promise<Page> {
    if (!this.#browser) throw new Error("JupyterLab is stopped");
    const context = await this.#browser.newContext({ viewport: size, reducedMotion: "reduce" });
    await context.route(/.*/, (route) => {
      const url = new URL(route.request().url());
      if (["127.0.0.1", "localhost"].includes(url.hostname) || !url.protocol.startsWith("http"))
        return route.continue();
      this.refused.push(url.href);
      return route.abort();
    });
    return context.newPage();
  }

  /** Opens a notebook in a fresh workspace and waits until its kernel, if any starts, is idle. */
  async open(name: string, size = { width: 1100, height: 900 }): Promise<LabPage> {
    const page = await this.#newPage(size);
    const workspace = `w${randomUUID().slice(0, 8)}`;
    await page.goto(
      `http://127.0.0.1:${this.#port}/lab/workspaces/${workspace}/tree/${encodeURIComponent(name)}?reset&token=${this.#token}`,
    );
    await page.waitForSelector(".jp-Notebook .jp-Cell", { timeout: 60_000 });
    return new LabPage(page);
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    const server = this.#server;
    if (server && server.exitCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      const late = setTimeout(() => server.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #configure({ theme = "JupyterLab Light", plotlyPy = false, storePictures = true }: LabOptions): void {
    mkdirSync(this.#root);
    const pageConfig = path.join(this.#folder, "config", "labconfig");
    mkdirSync(pageConfig, { recursive: true });
    const disabledExtensions = plotlyPy ? {} : { [plotlyPyExtension]: true };
    writeFileSync(path.join(pageConfig, "page_config.json"), JSON.stringify({ disabledExtensions }));
    install(path.join(this.#folder, "data"));
    const set = (plugin: string, settings: object) => {
      const folder = path.join(this.#folder, "settings", path.dirname(plugin));
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${path.basename(plugin)}.jupyterlab-settings`), JSON.stringify(settings));
    };
    set("@jupyterlab/apputils-extension/notification", {
      fetchNews: "false",
      checkForUpdates: false,
      doNotDisturbMode: true,
    });
    set("@jupyterlab/apputils-extension/themes", { theme });
    set("tskeras/plotly", { storePictures });
    set("@jupyterlab/notebook-extension/tracker", { windowingMode: "none", scrollPastEnd: false });
  }

  async #serve(): Promise<void> {
    this.#port = await freePort();
    const at = (name: string) => path.join(this.#folder, name);
    const env = {
      ...process.env,
      // Else the kernelspec of an earlier build in the environment comes first.
      JUPYTER_PREFER_ENV_PATH: "0",
      JUPYTER_DATA_DIR: at("data"),
      JUPYTER_CONFIG_DIR: at("config"),
      JUPYTER_RUNTIME_DIR: at("runtime"),
      JUPYTERLAB_SETTINGS_DIR: at("settings"),
      JUPYTERLAB_WORKSPACES_DIR: at("workspaces"),
      IPYTHONDIR: at("ipython"),
    };
    const args = [
      "lab",
      "--no-browser",
      "--allow-root",
      "--expose-app-in-browser",
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.port=${this.#port}`,
      "--ServerApp.port_retries=0",
      `--ServerApp.root_dir=${this.#root}`,
      `--IdentityProvider.token=${this.#token}`,
    ];
    const server = spawn(inEnvironment("jupyter"), args, { env, cwd: packageRoot, stdio: ["ignore", "pipe", "pipe"] });
    this.#server = server;
    for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (this.#log += text));
    for (let tries = 0; tries < 300; tries++) {
      if (server.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${this.#port}/api?token=${this.#token}`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(200);
    }
    throw new Error(`JupyterLab did not start:\n${this.#log.slice(-2000)}`);
  }
}

const kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel";

/** One notebook in the browser. */
export class LabPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Runs a JupyterLab command: `"docmanager:save"`. */
  async command(command: string): Promise<void> {
    await this.page.evaluate(`window.jupyterapp.commands.execute(${JSON.stringify(command)}).then(() => undefined)`);
  }

  /** Waits until the kernel has started and is idle. */
  async idle(timeout = 60_000): Promise<void> {
    // The indicator says idle before there is a kernel, and cells run then are dropped without a word.
    await this.until("window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel", timeout);
    await this.page.evaluate(`(async () => {
      const { sessionContext } = window.jupyterapp.shell.currentWidget;
      await sessionContext.ready;
      await sessionContext.session.kernel.info;
    })()`);
    await this.until(`${kernel}.status === "idle"`, timeout);
  }

  /** Runs all cells and waits for the last one. */
  async runAll(timeout = 120_000): Promise<void> {
    await this.idle();
    await this.value(
      "window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => { window.ranAll = true; }) && 0",
    );
    // A cell that waits or has run has a prompt; a run that was dropped all the same leaves them empty.
    const begun = `[...document.querySelectorAll(".jp-InputPrompt")].some(({ innerText }) => /\\d|\\*/.test(innerText))`;
    await this.until(begun, 20_000);
    await this.until("window.ranAll", timeout);
    await this.value("delete window.ranAll");
    await this.idle(timeout);
  }

  /** The saved file is whole when this resolves. */
  async save(): Promise<void> {
    await this.command("docmanager:save");
  }

  /** Waits until an expression in the page is truthy. */
  async until(expression: string, timeout = 30_000): Promise<void> {
    try {
      await this.page.waitForFunction(expression, undefined, { timeout });
    } catch {
      const outputs = await this.value<string>("document.querySelector('.jp-Notebook').innerText");
      throw new Error(
        `The page never came to ${expression.slice(0, 300)}. The notebook says:\n${outputs.slice(0, 4000)}`,
      );
    }
  }

  /** The value of an expression in the page. */
  async value<T>(expression: string): Promise<T> {
    return (await this.page.evaluate(expression)) as T;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** A notebook for this kernel with the given code cells. */
export function notebookOf(cells: readonly string[], kernel = "tskeras"): object {
  return {
    cells: cells.map((source, index) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${index}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { display_name: kernel, language: "typescript", name: kernel } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
