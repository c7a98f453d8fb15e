import { hostSymbol } from "../../src/display/host";
import { type CommOrder, inspectionSymbol, magicsSymbol, type Order, prepareTermination, Shared } from "../bridge";
import { log } from "../log";
import { magicsIn } from "../magics/magics";
import type { ProtocolThread } from "../protocol/thread";
import { watchInterrupts } from "./cell/awaiting";
import { Input } from "./cell/input";
import { brief, bundleNow } from "./cell/inspection";
import { Output } from "./cell/output";
import { paced } from "./cell/pace";
import { mapStacks } from "./cell/sources";
import { endTimersWithCells } from "./cell/timers";
import { Evaluator } from "./evaluator";
import { installGlobals } from "./globals";
import { AsyncIds } from "./guards/async_ids";
import { endChildrenWithCells } from "./guards/children";
import { exitProcess, natives } from "./guards/natives";
import { giveWay } from "./guards/priority";
import { guardProcess } from "./guards/process_guard";
import { awaitTermination } from "./guards/termination";
import { Uncaught } from "./guards/uncaught";
import { Host } from "./host";
import { Importer } from "./modules/importer";
import { tslabIn } from "./modules/tslab";
import { Comms } from "./widgets/comms";
import { Widgets } from "./widgets/widgets";

/** Makes this thread the one that runs the cells; `protocol` speaks with Jupyter. */
export function startKernel({ worker, shared, answers, live, restore }: ProtocolThread): void {
  giveWay();
  const { process } = natives;
  const directory = process.cwd();
  const report = paced(worker.postMessage.bind(worker), shared, live);

  const output = new Output(report);
  const host = new Host(live, report, shared);
  const input = new Input(report, shared, answers);
  const comms = new Comms(report);
  const importer = new Importer(directory, { tslab: () => tslabIn(host) });
  const evaluator = new Evaluator(report, host);

  Object.defineProperty(natives.globalThis, hostSymbol, { value: host, configurable: true });
  output.install();
  mapStacks();
  endChildrenWithCells();
  endTimersWithCells();
  watchInterrupts(shared);
  const magics = magicsIn({
    output,
    names: evaluator.names,
    value: (name) => evaluator.value(name),
    clear: (names) => evaluator.clear(names),
    moveTo: (folder) => {
      importer.moveTo(folder);
      report({ type: "moved", directory: folder });
    },
  });
  Object.defineProperty(natives.globalThis, Symbol.for(magicsSymbol), { value: magics });
  Object.defineProperty(natives.globalThis, Symbol.for(inspectionSymbol), { value: { brief, bundleNow } });
  installGlobals(directory, host, importer, input, comms, new Widgets(comms));

  const asyncIds = new AsyncIds();
  Object.defineProperty(natives.globalThis, prepareTermination, {
    value: (attempt: number) => awaitTermination(attempt, report, shared, asyncIds),
  });
  const uncaught = new Uncaught(output);
  const late = (error: unknown): void => {
    if (!asyncIds.isOwn(error)) uncaught.tell(error);
  };
  const receiveComm = async (order: CommOrder): Promise<void> => {
    await comms.receive(order).catch((error: unknown) => uncaught.tell(error, order.id));
    report({ type: "done", id: order.id, outcome: { status: "ok", user_expressions: {}, payload: [] } });
  };
  // A cell may replace every emitter's method to watch events, so it is not put back: these two keep theirs.
  for (const emitter of [process, worker]) {
    Object.defineProperty(emitter, "emit", { value: emitter.emit, writable: true });
  }
  let interrupts = 0;
  worker.on("message", (order: Order) => {
    asyncIds.recover();
    switch (order.type) {
      case "execute":
        listen();
        restore();
        evaluator.execute(order);
        break;
      case "interrupt":
        natives.Atomics.store(shared, Shared.Interrupted, 0);
        if (order.number > interrupts) evaluator.interrupt();
        interrupts = order.number;
        report({ type: "acknowledged", number: order.number });
        break;
      case "terminated":
        evaluator.afterTermination();
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

  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    // These are about what the kernel itself is made of.
    if (warning.name !== "ExperimentalWarning") output.write("stderr", `${warning.name}: ${warning.message}\n`);
  });
  process.on("SIGINT", () => report({ type: "sigint" }));
  const listen = guardProcess(late);
}
