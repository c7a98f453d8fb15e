import { inspect } from "node:util";
import { type Displayable, displaySymbol, type MimeBundle } from "../../../src/display/host";
import { primordials } from "../guards/primordials";
import { isObject, isThenable } from "./awaiting";

/** How a value is shown: by its own `Symbol.for("Jupyter.display")` method, else as text. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  if (!isDisplayable(value)) return { "text/plain": inspect(value) };
  const bundle = value[displaySymbol]();
  return isThenable(bundle) ? checkedLater(bundle) : checked(bundle);
}

const checkedLater = async (bundle: PromiseLike<MimeBundle>): Promise<MimeBundle> => checked(await bundle);

function checked(bundle: MimeBundle): MimeBundle {
  if (typeof bundle === "object" && bundle !== null) return bundle;
  throw new primordials.TypeError(
    `Expected the method Symbol.for("Jupyter.display") to return a MIME bundle but found ${inspect(bundle)}`,
  );
}

/** JSON for the wire: bytes become base64, everything else stays as it is. */
export function bundleToJson(bundle: MimeBundle): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  const types = primordials.Object.keys(bundle);
  // No `for … of`: a cell may have replaced the array iterator.
  for (let i = 0; i < types.length; i++) {
    const type = types[i]!;
    const data = bundle[type];
    json[type] = data instanceof primordials.Uint8Array ? toBase64(data) : data;
  }
  return json;
}

function toBase64(bytes: Uint8Array): string {
  return primordials.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

const isDisplayable = (value: unknown): value is Displayable =>
  isObject(value) && typeof (value as { [displaySymbol]?: unknown })[displaySymbol] === "function";
