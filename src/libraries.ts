const loaded = new Map<string, unknown>();

/** Loads a library, again if an interrupt stopped its first loading: Node would return the half-loaded module. */
function load(name: string): unknown {
  if (!loaded.has(name)) {
    for (const [file, module] of Object.entries(require.cache)) if (!module?.loaded) delete require.cache[file];
    loaded.set(name, require(name));
  }
  return loaded.get(name);
}

/** Libraries that few cells need, each loaded at its first use: together they take a tenth of the time of `import "tskeras"`. */
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
