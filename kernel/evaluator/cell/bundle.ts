import { inspect } from "node:util";
import { displaySymbol, type MimeBundle } from "../../../src/display/host";
import { natives } from "../guards/natives";
import { isThenable } from "./awaiting";

/** How a value is shown: by its own `Symbol.for("Jupyter.display")` method, else as text. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (!isDisplayable(value)) return { "text/plain": inspect(value) };
  const bundle = value[displaySymbol]();
  return isThenable(bundle) ? checkedLater(bundle) : checked(bundle);
}

const checkedLater = async (bundle: PromiseLike<MimeBundle>): Promise<MimeBundle> => checked(await bundle);

function checked(bundle: MimeBundle): MimeBundle {
  if (typeof bundle === "object" && bundle !== null) return bundle;
  throw new natives.TypeError(
    `Expected the method Symbol.for("Jupyter.display") to return a MIME bundle but found ${inspect(bundle)}`,
  );
}

/** JSON for the wire: bytes become base64, whatever else is kept as it is. */
export function bundleToJson(bundle: MimeBundle): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  const types = natives.Object.keys(bundle);
  // A cell may have replaced what `for … of` asks an array for.
  for (let i = 0; i < types.length; i++) {
    const type = types[i]!;
    const data = bundle[type];
    json[type] = data instanceof natives.Uint8Array ? toBase64(data) : data;
  }
  return json;
}

function toBase64(bytes: Uint8Array): string {
  return natives.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** Whether a value says itself how it is shown. */
function isDisplayable(value: unknown): value is { [displaySymbol](): MimeBundle | Promise<MimeBundle> } {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as { [displaySymbol]?: unknown })[displaySymbol] === "function"
  );
}
