import { hostSymbol } from "../../src/display/host";
import { inspectionSymbol, magicsSymbol, type Order, prepareTermination, Shared } from "../bridge";
import { log } from "../log";
import { magicsIn } from "../magics/magics";
import type { ProtocolThread } from "../protocol/thread";
import { watchInterrupts } from "./cell/awaiting";
import { withBackpressure } from "./cell/backpressure";
import { endChildrenWithCells } from "./cell/child_processes";
import { Input } from "./cell/input";
import { brief, bundleNow } from "./cell/inspection";
import { Output } from "./cell/output";
import { mapStacks } from "./cell/stack_traces";
import { endTimersWithCells } from "./cell/timers";
import { Evaluator } from "./evaluator";
import { installGlobals } from "./globals";
import { AsyncIds } from "./guards/async_ids";
import { exitProcess, primordials } from "./guards/primordials";
import { lowerPriority } from "./guards/priority";
import { guardProcess } from "./guards/process_guard";
import { awaitTermination } from "./guards/termination";
import { uncaughtIn } from "./guards/uncaught_errors";
import { Host } from "./host";
import { Importer } from "./modules/importer";
import { tslabIn } from "./modules/tslab";
import { Comms } from "./widgets/comms";

type Orders = { readonly [T in Order["type"]]: (order: Extract<Order, { type: T }>) => void };

/** Makes this thread the one that runs the cells. The other thread speaks the Jupyter protocol. */
export function startKernel({ worker, shared, answers, live, restore }: ProtocolThread): void {
  lowerPriority();
  const { process } = primordials;
  const directory = process.cwd();
  const report = withBackpressure(worker.postMessage.bind(worker), shared, live);
  const define = (name: PropertyKey, value: unknown, configurable = false): void => {
    Object.defineProperty(primordials.globalThis, name, { value, configurable });
  };

  const output = new Output(report);
  const host = new Host(live, report, shared);
  const input = new Input(report, shared, answers);
  const comms = new Comms(report);
  const importer = new Importer(directory, { tslab: () => tslabIn(host) });
  const evaluator = new Evaluator(report, host);
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

  output.install();
  mapStacks();
  endChildrenWithCells();
  endTimersWithCells();
  watchInterrupts(shared);
  define(hostSymbol, host, true);
  define(Symbol.for(magicsSymbol), magics);
  define(Symbol.for(inspectionSymbol), { brief, bundleNow });
  installGlobals(directory, host, importer, input, comms);

  const asyncIds = new AsyncIds();
  define(prepareTermination, (attempt: number) => awaitTermination(attempt, report, shared, asyncIds));
  const showUncaught = uncaughtIn(output);
  const guardAgain = guardProcess((error) => {
    if (!asyncIds.isOwn(error)) showUncaught(error);
  });

  let interrupts = 0;
  const orders: Orders = {
    execute: (order) => {
      guardAgain();
      restore();
      evaluator.execute(order);
    },
    interrupt: ({ number }) => {
      primordials.Atomics.store(shared, Shared.Interrupted, 0);
      if (number > interrupts) evaluator.interrupt();
      interrupts = number;
      report({ type: "acknowledged", number });
    },
    terminated: () => evaluator.afterTermination(),
    input: ({ request, value }) => input.answer(request, value),
    comm: async (order) => {
      await comms.receive(order).catch((error: unknown) => showUncaught(error, order.id));
      report({ type: "done", id: order.id, outcome: { status: "ok", user_expressions: {}, payload: [] } });
    },
    exit: () => exitProcess(0),
  };
  // A cell may replace `EventEmitter.prototype.emit` to watch events. These two emitters keep the original.
  for (const emitter of [process, worker]) {
    Object.defineProperty(emitter, "emit", { value: emitter.emit, writable: true });
  }
  worker.on("message", (order: Order) => {
    asyncIds.recover();
    (orders[order.type] as (order: Order) => void)(order);
  });
  worker.on("error", (error) => {
    log(`the protocol thread failed: ${error.stack ?? error.message}`);
    exitProcess(1);
  });
  worker.on("exit", () => exitProcess());
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    // Experimental warnings are about what the kernel itself uses.
    if (warning.name !== "ExperimentalWarning") output.write("stderr", `${warning.name}: ${warning.message}\n`);
  });
  process.on("SIGINT", () => report({ type: "sigint" }));
}
