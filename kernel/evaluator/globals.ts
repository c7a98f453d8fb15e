import { join } from "node:path";
import { awaitAllInCell, awaitInCell } from "./cell/awaiting";
import { displayIn } from "./cell/display";
import type { Input } from "./cell/input";
import { primordials } from "./guards/primordials";
import type { Host } from "./host";
import type { Importer } from "./modules/importer";
import type { Comms } from "./widgets/comms";
import { Widgets } from "./widgets/widgets";

/**
 * Adds the names that cells find besides Node's own. The type service knows those without underscores from
 * kernel/language/globals.ts, whose build is its `globals.d.ts`.
 */
export function installGlobals(directory: string, host: Host, importer: Importer, input: Input, comms: Comms): void {
  const widgets = new Widgets(comms);
  const names = {
    display: displayIn(host),
    clearOutput: host.clearOutput.bind(host),
    input: input.ask,
    prompt: input.prompt,
    confirm: input.confirm,
    comms,
    widget: widgets.widget,
    slider: widgets.slider,
    require: (specifier: string): unknown => importer.require(String(specifier)),
    __dirname: directory,
    __filename: join(directory, "notebook.ts"),
    // Compiled cells contain `await __import("…")`, `await __await(x)` and `for await (… of __awaitAll(it))`.
    __import: (specifier: unknown) => importer.import(String(specifier)),
    __await: awaitInCell,
    __awaitAll: awaitAllInCell,
  };
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(primordials.globalThis, name, { value, writable: true, configurable: true });
  }
}
