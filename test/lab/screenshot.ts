/** `node dist/test/lab/screenshot.js NOTEBOOK PICTURE.png [--run] [--dark] [--width 1100] [--height 900] [--from "text"]` */
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { JupyterLab } from "./jupyter_lab";

const usage = `node dist/test/lab/screenshot.js NOTEBOOK PICTURE.png
  --run          run all cells first
  --dark         in JupyterLab's dark theme
  --width N      of the window, default 1100
  --height N     of the window, default as high as the notebook
  --from TEXT    scroll to the first cell that contains the text`;

const tallest = 12_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      run: { type: "boolean" },
      dark: { type: "boolean" },
      width: { type: "string" },
      height: { type: "string" },
      from: { type: "string" },
    },
  });
  const [notebook, picture] = positionals;
  if (!notebook || !picture) throw new Error(usage);
  const lab = await JupyterLab.start({ theme: values.dark ? "JupyterLab Dark" : "JupyterLab Light" });
  try {
    const name = path.basename(notebook);
    lab.write(name, JSON.parse(readFileSync(notebook, "utf8")) as object);
    const width = Number(values.width ?? 1100);
    const page = await lab.open(name, { width, height: Number(values.height ?? 900) });
    await page.command("application:toggle-left-area");
    if (values.run) await page.runAll(30 * 60_000);
    await page.idle();
    if (values.height === undefined) {
      const content = await page.value<number>(
        "[...document.querySelectorAll('.jp-Notebook .jp-Cell')].reduce((sum, cell) => sum + cell.offsetHeight, 0)",
      );
      await page.page.setViewportSize({ width, height: Math.min(tallest, Math.ceil(content) + 260) });
    }
    await page.value(
      `[...document.querySelectorAll(".jp-Notebook .jp-Cell")].find((cell) => cell.innerText.includes(${JSON.stringify(values.from ?? "")}))?.scrollIntoView()`,
    );
    await sleep(2500); // charts are drawn, and their pictures stored
    await page.page.screenshot({ path: picture });
  } finally {
    await lab.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
