const loaded = new Map<string, unknown>();

/** A library; if an interrupt stopped it while it was loaded, it is loaded anew: Node would give out the half that it has. */
function load(name: string): unknown {
  if (!loaded.has(name)) {
    for (const [file, module] of Object.entries(require.cache)) if (!module?.loaded) delete require.cache[file];
    loaded.set(name, require(name));
  }
  return loaded.get(name);
}

/** Libraries that few cells need, each loaded with its first use: together they take a tenth of the time that loading ours does. */
export const libraries = {
  get csv() {
    return load("csv-parse/sync") as typeof import("csv-parse/sync");
  },
  get fflate() {
    return load("fflate") as typeof import("fflate");
  },
  get jpeg() {
    return load("jpeg-js") as typeof import("jpeg-js");
  },
  get pngjs() {
    return load("pngjs") as typeof import("pngjs");
  },
  get protobuf() {
    return load("protobufjs/light") as typeof import("protobufjs/light");
  },
  get resvg() {
    return load("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  },
};
