import { hostSymbol } from "../../src/display/host";
import {
  type CommOrder,
  inspectionSymbol,
  lineToolSymbol,
  type Order,
  prepareTermination,
  type Report,
  Shared,
} from "../bridge";
import { log } from "../protocol/log";
import type { ProtocolThread } from "../protocol/thread";
import { watchInterrupts } from "./awaiting";
import { endChildrenWithCells } from "./children";
import { Comms } from "./comms";
import { describeError } from "./errors";
import { Evaluator } from "./evaluator";
import { installGlobals } from "./globals";
import { Host } from "./host";
import { Importer } from "./importer";
import { Input } from "./input";
import { brief, bundleNow } from "./inspection";
import { lineTools } from "./line_tools";
import { exitProcess, natives } from "./natives";
import { Output } from "./output";
import { mapStacks } from "./sources";
import { tslabIn } from "./tslab";
import { Widgets } from "./widgets";

/** Makes this thread the one that runs the cells; `protocol` speaks with Jupyter. */
export function startKernel({ worker, shared, answers, live }: ProtocolThread): void {
  const { process } = natives;
  const directory = process.cwd();
  const post = worker.postMessage.bind(worker);
  const report = (message: Report): void => post(message);

  const output = new Output(report, shared);
  const host = new Host(live, report, shared);
  const input = new Input(report, shared, answers);
  const comms = new Comms(report);
  const importer = new Importer(directory, { tslab: () => tslabIn(host) });
  const evaluator = new Evaluator(report, host);

  Object.defineProperty(natives.globalThis, hostSymbol, { value: host, configurable: true });
  output.install();
  mapStacks();
  endChildrenWithCells();
  watchInterrupts(shared);
  const tools = lineTools({
    output,
    names: evaluator.names,
    value: (name) => evaluator.value(name),
    clear: (names) => evaluator.clear(names),
    moveTo: (folder) => {
      importer.moveTo(folder);
      report({ type: "moved", directory: folder });
    },
  });
  Object.defineProperty(natives.globalThis, Symbol.for(lineToolSymbol), { value: tools });
  Object.defineProperty(natives.globalThis, Symbol.for(inspectionSymbol), { value: { brief, bundleNow } });
  installGlobals(directory, host, importer, input, comms, new Widgets(comms));

  // Terminated code leaves its entry on Node's stack of async ids, and Node aborts the process when it finds that; only the
  // handling of an uncaught exception empties the stack.
  const nothing = new natives.Error("emptied the stack of async ids");
  const { _fatalException } = process as unknown as { _fatalException?: (error: Error) => boolean };
  Object.defineProperty(natives.globalThis, Symbol.for(prepareTermination), {
    value: () => void _fatalException?.call(process, nothing),
  });
  // Shown in the cell whose code it was, even if that ended long ago.
  const late = (error: unknown, id?: number): void => {
    if (error === nothing) return;
    output.write("stderr", `Nobody caught this:\n${describeError(error).traceback.join("\n")}\n`, id);
  };
  const receiveComm = async (order: CommOrder): Promise<void> => {
    await comms.receive(order).catch((error: unknown) => late(error, order.id));
    report({ type: "done", id: order.id, outcome: { status: "ok", user_expressions: {}, payload: [] } });
  };
  let interrupts = 0;
  worker.on("message", (order: Order) => {
    switch (order.type) {
      case "execute":
        evaluator.execute(order);
        break;
      case "interrupt":
        natives.Atomics.store(shared, Shared.Interrupted, 0);
        if (order.number > interrupts) evaluator.interrupt();
        interrupts = order.number;
        report({ type: "acknowledged", number: order.number });
        break;
      case "nothing":
        break;
      case "input":
        input.answer(order.request, order.value);
        break;
      case "comm":
        void receiveComm(order);
        break;
      case "exit":
        exitProcess(0);
        break;
    }
  });
  worker.on("error", (error) => {
    log(`the protocol thread failed: ${error.stack ?? error.message}`);
    exitProcess(1);
  });
  worker.on("exit", () => exitProcess());

  process.on("uncaughtException", (error) => late(error));
  process.on("unhandledRejection", (error) => late(error));
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    // These are about what the kernel itself is made of.
    if (warning.name !== "ExperimentalWarning") output.write("stderr", `${warning.name}: ${warning.message}\n`);
  });
  process.on("SIGINT", () => report({ type: "sigint" }));
  process.exit = ((code?: number) => {
    throw new natives.Error(
      `process.exit(${code ?? ""}) would end the kernel and lose all variables. Use "Restart Kernel" in the Kernel menu instead.`,
    );
  }) as typeof process.exit;
}
