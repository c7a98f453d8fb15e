import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cannotDrive, JupyterLab } from "./jupyter_lab";

const cell = `function mean(values: number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
mean([1, 2, 6])`;

/** What the panels of JupyterLab's debugger show. */
const panel = {
  callStack: `[...document.querySelectorAll(".jp-DebuggerCallstackFrame")].map((frame) => frame.innerText.trim())`,
  variables: `document.querySelector(".jp-DebuggerVariables").innerText`,
  /** The line that is marked as the current one. */
  line: `document.querySelector(".jp-DebuggerEditor-highlight")?.innerText`,
};

describe("the debugger in JupyterLab", { skip: cannotDrive, timeout: 120_000 }, () => {
  let lab: JupyterLab;
  before(async () => {
    lab = await JupyterLab.start();
  });
  after(() => lab.stop());

  test("a breakpoint in the gutter stops the cell, shows its variables, and goes on", async () => {
    lab.write("debugged.ipynb", [cell]);
    const lines = await lab.open("debugged.ipynb", { width: 1400, height: 900 });
    const { page } = lines;
    await lines.idle();
    await page.click(".jp-DebuggerBugButton:not([disabled])");
    await page.waitForSelector(".cm-gutter.cm-breakpoint-gutter");
    // The third line of the cell.
    const third = page.locator(".jp-Notebook .cm-line").nth(2);
    const gutter = page.locator(".jp-Notebook .cm-gutter.cm-breakpoint-gutter").first();
    const [line, column] = [await third.boundingBox(), await gutter.boundingBox()];
    assert.ok(line && column);
    await page.mouse.click(column.x + column.width / 2, line.y + line.height / 2);
    await page.waitForSelector(".jp-DebuggerBreakpoint");
    await lines.value("window.jupyterapp.commands.execute('notebook:run-all-cells') && 0");

    await lines.until(`${panel.callStack}.length === 2`);
    assert.match((await lines.value<string[]>(panel.callStack)).join("\n"), /mean[\s\S]*3/);
    await lines.until(`${panel.variables}.includes("sum")`);
    assert.match(await lines.value(panel.line), /for \(const value of values\)/);
    // Two steps within the line.
    for (const step of [1, 2]) {
      await lines.command("debugger:next");
      await lines.until(`${panel.variables}.includes("value") && ${step}`);
    }
    await lines.until(`/value\\n1/.test(${panel.variables})`);
    if (process.env["PICTURES"]) await page.screenshot({ path: `${process.env["PICTURES"]}/debugger.png` });

    await lines.command("debugger:continue");
    await lines.until(`document.querySelector(".jp-OutputArea-output")?.innerText.trim() === "3"`);
    await lines.until(`${panel.callStack}.length === 0`);
    await lines.close();
  });
});
