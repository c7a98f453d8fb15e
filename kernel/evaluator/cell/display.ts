import { randomUUID } from "node:crypto";
import type { MimeBundle } from "../../../src/display/host";
import type { Host } from "../host";
import { isThenable } from "./awaiting";
import { toBundle } from "./bundle";

/** The `display` of cells: shows a value as a cell's last expression would, or a MIME bundle as it is. */
export function displayIn(host: Host): typeof display {
  return async (value, options = {}) => {
    const displayId = options.displayId ?? randomUUID();
    const { metadata = {}, raw } = options;
    const show = async (shown: unknown, update: boolean): Promise<void> => {
      // What needs no `await` is shown at once: the cell may compute for a long time before its next `await`.
      const value = isThenable(shown) ? await shown : shown;
      const bundle = (raw ?? isMimeBundle(value)) ? (value as MimeBundle) : toBundle(value);
      host.display(isThenable(bundle) ? await bundle : bundle, { displayId, update, metadata });
    };
    const handle: NotebookDisplay = {
      displayId,
      async update(next) {
        await show(next, true);
        return handle;
      },
    };
    await show(value, options.update ?? false);
    return handle;
  };
}

function isMimeBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^[a-z]+\/[a-z0-9.+-]+$/.test(key));
}
