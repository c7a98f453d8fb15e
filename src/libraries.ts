interface Libraries {
  readonly csv: typeof import("csv-parse/sync");
  readonly fflate: typeof import("fflate");
  readonly jpeg: typeof import("jpeg-js");
  readonly pngjs: typeof import("pngjs");
  readonly protobuf: typeof import("protobufjs/light");
  readonly resvg: typeof import("@resvg/resvg-js");
}

const packages: { readonly [Name in keyof Libraries]: string } = {
  csv: "csv-parse/sync",
  fflate: "fflate",
  jpeg: "jpeg-js",
  pngjs: "pngjs",
  protobuf: "protobufjs/light",
  resvg: "@resvg/resvg-js",
};

const loaded = new Map<string, unknown>();

/** After an interrupt during loading, `require` would return the half-loaded module: such modules are loaded again. */
function load(name: string): unknown {
  if (!loaded.has(name)) {
    for (const [file, module] of Object.entries(require.cache)) if (!module?.loaded) delete require.cache[file];
    loaded.set(name, require(name));
  }
  return loaded.get(name);
}

/** Libraries that few cells need, each loaded on first use: loading all would add a tenth to the start. */
export const libraries = new Proxy({} as Libraries, {
  get: (_target, name) => load(packages[name as keyof Libraries]),
});
