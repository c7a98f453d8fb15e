/** Libraries that few cells need, each loaded with its first use: together they take a tenth of the time that loading ours does. */
export const libraries = {
  get csv() {
    return require("csv-parse/sync") as typeof import("csv-parse/sync");
  },
  get fflate() {
    return require("fflate") as typeof import("fflate");
  },
  get jpeg() {
    return require("jpeg-js") as typeof import("jpeg-js");
  },
  get pngjs() {
    return require("pngjs") as typeof import("pngjs");
  },
  get protobuf() {
    return require("protobufjs/light") as typeof import("protobufjs/light");
  },
  get resvg() {
    return require("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  },
};
