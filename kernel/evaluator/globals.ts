import { join } from "node:path";
import { awaitAllInCell, awaitInCell } from "./cell/awaiting";
import { displayIn } from "./cell/display";
import type { Input } from "./cell/input";
import { natives } from "./guards/natives";
import type { Host } from "./host";
import type { Importer } from "./modules/importer";
import type { Comms } from "./widgets/comms";
import type { Widgets } from "./widgets/widgets";

/** The names that cells find besides Node's own; kernel/language/globals.d.ts tells TypeScript of them. */
export function installGlobals(
  directory: string,
  host: Host,
  importer: Importer,
  input: Input,
  comms: Comms,
  widgets: Widgets,
): void {
  const require = (specifier: string): unknown => importer.require(String(specifier));
  const names = {
    display: displayIn(host),
    clearOutput: host.clearOutput.bind(host),
    input: input.ask,
    prompt: input.prompt,
    confirm: input.confirm,
    comms,
    widget: widgets.widget,
    slider: widgets.slider,
    require,
    __dirname: directory,
    __filename: join(directory, "notebook.ts"),
    // Compiled cells say `await __import("…")`, `await __await(x)` and `for await (… of __awaitAll(it))`.
    __import: (specifier: unknown) => importer.import(String(specifier)),
    __await: awaitInCell,
    __awaitAll: awaitAllInCell,
  };
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(natives.globalThis, name, { value, writable: true, configurable: true });
  }
}
