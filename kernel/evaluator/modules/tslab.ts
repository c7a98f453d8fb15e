/** tslab's API in this kernel, so that a notebook written for tslab runs here: `import * as tslab from "tslab"`. */

import { randomUUID } from "node:crypto";
import type { Display } from "tslab";
import type { MimeBundle } from "../../../src/display/host";
import { primordials } from "../guards/primordials";
import type { Host } from "../host";

type Tslab = typeof import("tslab");

export function tslabIn(host: Host): Tslab {
  const show = (display: (bundle: MimeBundle) => void): Display => ({
    javascript: (text) => display({ "text/javascript": text }),
    html: (text) => display({ "text/html": text }),
    markdown: (text) => display({ "text/markdown": text }),
    latex: (text) => display({ "text/latex": text }),
    svg: (text) => display({ "image/svg+xml": text }),
    png: (bytes) => display({ "image/png": bytes }),
    jpeg: (bytes) => display({ "image/jpeg": bytes }),
    gif: (bytes) => display({ "image/gif": bytes }),
    pdf: (bytes) => display({ "application/pdf": bytes }),
    text: (text) => display({ "text/plain": text }),
    raw: (type, data) => display({ [type]: data }),
  });
  return {
    display: show((bundle) => host.display(bundle)),
    newDisplay: () => {
      const displayId = randomUUID();
      let shown = false;
      return show((bundle) => {
        host.display(bundle, { displayId, update: shown });
        shown = true;
      });
    },
    versions: {
      tslab: require("tslab/package.json").version,
      typescript: require("typescript/package.json").version,
      node: primordials.process.version,
    },
  };
}
