import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const name = "tskeras";

/** The settings of the plugin `tskeras:plotly` in JupyterLab. */
const settings = {
  title: "Plotly figures",
  description: "Figures that the TypeScript kernel shows",
  type: "object",
  properties: {
    storePictures: {
      type: "boolean",
      title: "Store a picture of each figure in the notebook",
      description: "GitHub and nbconvert show the picture, about 40 KB for each figure.",
      default: true,
    },
  },
  additionalProperties: false,
};

/** The folder of the extension under one of Jupyter's data folders. */
export function labextensionFolder(data: string): string {
  return path.join(data, "labextensions", name);
}

/**
 * Installs the JupyterLab extension that draws Plotly figures and imports completed names. JupyterLab finds it when a page
 * loads: no rebuild, no restart. Writes only what differs.
 *
 * @param data a folder on Jupyter's data path, such as `~/.local/share/jupyter` or `<prefix>/share/jupyter`
 * @throws the file system's error if the folder cannot be written
 * @see https://jupyterlab.readthedocs.io/en/stable/extension/extension_dev.html, "Prebuilt extensions"
 */
export function installLabextension(data: string): void {
  const plotly = require.resolve("plotly.js-dist-min");
  const { version: plotlyVersion } = read(path.join(path.dirname(plotly), "package.json"));
  const { version } = read(path.join(__dirname, "..", "..", "..", "package.json"));
  const scripts = ["plotly", "imports", "extension"].map((script) =>
    readFileSync(path.join(__dirname, "browser", `${script}.js`), "utf8"),
  );
  // In a function of their own: the scripts see one another, and the page sees none of their names.
  const entry = `(() => {\n${scripts.join("\n")}})();\n`;
  // The hash in the name keeps browsers from using an old file.
  const hash = createHash("sha256").update(entry).update(plotlyVersion).digest("hex").slice(0, 16);
  const remoteEntry = `remoteEntry.${hash}.js`;
  const folder = labextensionFolder(data);
  const files = path.join(folder, "static");
  const manifest = `${JSON.stringify(
    {
      name,
      version,
      description: "Draws Plotly figures and imports completed names in JupyterLab",
      license: "MIT",
      jupyterlab: {
        extension: true,
        schemaDir: "schemas",
        _build: { load: `static/${remoteEntry}`, extension: "./extension" },
      },
    },
    null,
    2,
  )}\n`;
  if (existsSync(path.join(files, remoteEntry)) && same(path.join(folder, "package.json"), manifest)) return;
  mkdirSync(files, { recursive: true });
  copyFileSync(plotly, path.join(files, "plotly.min.js"));
  writeFileSync(path.join(files, remoteEntry), entry);
  const schemas = path.join(folder, "schemas", name);
  mkdirSync(schemas, { recursive: true });
  writeFileSync(path.join(schemas, "plotly.json"), JSON.stringify(settings, null, 2));
  writeFileSync(path.join(folder, "package.json"), manifest);
  for (const file of readdirSync(files)) {
    if (file.startsWith("remoteEntry.") && file !== remoteEntry) rmSync(path.join(files, file));
  }
}

/** Removes the extension, if it is there. */
export function uninstallLabextension(data: string): void {
  rmSync(labextensionFolder(data), { recursive: true, force: true });
}

function read(file: string): { readonly version: string } {
  return JSON.parse(readFileSync(file, "utf8")) as { version: string };
}

function same(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, "utf8") === text;
}
