import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { installLabextension, labextensionFolder, uninstallLabextension } from "../../../kernel/labextension/install";

describe("the JupyterLab extension", () => {
  const data = mkdtempSync(path.join(tmpdir(), "tskeras-labextension-"));
  const folder = labextensionFolder(data);
  const entries = () => readdirSync(path.join(folder, "static")).filter((file) => file.startsWith("remoteEntry."));
  after(() => rmSync(data, { recursive: true }));

  test("is laid down with Plotly beside it, where its package.json says", () => {
    installLabextension(data);
    const { jupyterlab } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
      jupyterlab: { _build: { load: string; extension: string } };
    };
    assert.equal(jupyterlab._build.load, `static/${entries()[0]}`);
    assert.ok(statSync(path.join(folder, "static", "plotly.min.js")).size > 1_000_000);
    const schema = JSON.parse(readFileSync(path.join(folder, "schemas", "tskeras", "plotly.json"), "utf8")) as object;
    assert.ok("properties" in schema, "JupyterLab's Settings have nothing to show");
  });

  test("is a script, not a module", () => {
    const script = readFileSync(path.join(folder, "static", entries()[0] ?? ""), "utf8");
    assert.doesNotMatch(script, /^(import|export) |\bexports\b/m);
  });

  test("is written once", () => {
    const manifest = path.join(folder, "package.json");
    const { mtimeMs } = statSync(manifest);
    installLabextension(data);
    assert.equal(statSync(manifest).mtimeMs, mtimeMs);
  });

  test("replaces an older one", () => {
    writeFileSync(path.join(folder, "static", "remoteEntry.0123.js"), "");
    writeFileSync(path.join(folder, "package.json"), "{}");
    installLabextension(data);
    assert.equal(entries().length, 1);
  });

  test("goes without a trace, and twice", () => {
    uninstallLabextension(data);
    uninstallLabextension(data);
    assert.equal(existsSync(folder), false);
  });
});
