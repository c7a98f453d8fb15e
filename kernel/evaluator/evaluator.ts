import type { ExecuteOrder, Outcome, Report } from "../bridge";
import { duration } from "../magics/magics";
import { awaitInCell, isInterrupted } from "./cell/awaiting";
import { bundleToJson, toBundle } from "./cell/bundle";
import { Cell, KeyboardInterrupt, runIn } from "./cell/cell";
import { describeError } from "./cell/errors";
import { Repl, Terminated, Thrown } from "./cell/repl";
import { addSource } from "./cell/stack_traces";
import { primordials } from "./guards/primordials";
import { takeRestored } from "./guards/restore_builtins";
import type { Host } from "./host";

/** After an interrupt, how often to check whether the cell has ended, in ms, and how long cooperating work may take. */
const checkEvery = 30;
const cooperateWithin = 2000;
/** How long the cell's `finally` blocks may take after its `await`s were rejected, in ms. */
const finishWithin = 150;

export class Evaluator {
  readonly #report: (report: Report) => void;
  readonly #host: Host;
  readonly #repl = new Repl();
  #cell: Cell | undefined;
  /** A cell that has ended and is not reported to the worker yet. */
  #ended: { readonly cell: Cell; readonly outcome: Outcome } | undefined;
  /** Names that cells have declared at their top level. */
  readonly names = new primordials.Set<string>();

  constructor(report: (report: Report) => void, host: Host) {
    this.#report = report;
    this.#host = host;
  }

  execute(order: ExecuteOrder): void {
    const { compiled, code } = order;
    const cell = new Cell(order.id, order);
    this.#cell = cell;
    void runIn(cell, async () => {
      try {
        addSource(compiled.fileName, code, compiled.sourceMap);
        for (const name of compiled.declares) this.names.add(name);
        this.#finish(cell, await this.#run(cell, order));
      } catch (error) {
        this.#finish(cell, describeError(this.#reason(cell, error)));
      }
    });
  }

  /** The value of a cell's variable; undefined if its cell failed before setting it. */
  async value(name: string): Promise<unknown> {
    return (await this.#repl.evaluate(name).catch(() => ({ value: undefined }))).value;
  }

  /** Sets variables to undefined: a binding cannot be removed, but its value can be freed. */
  async clear(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#repl.evaluate(`void (${name} = undefined)`).catch(() => {});
    this.names.clear();
  }

  /** Stops the running cell: first through its signal, then at its `await`s, finally by abandoning it. */
  interrupt(): void {
    const cell = this.#cell;
    if (!cell || cell.finished) return;
    if (cell.controller.signal.aborted) this.#abandon(cell);
    else {
      cell.controller.abort(new KeyboardInterrupt());
      this.#stop(cell, primordials.now() + cooperateWithin);
    }
  }

  /** Ends the stopped cell even if a late termination has ended the code that would have done it. */
  afterTermination(): void {
    const cell = this.#cell;
    this.#reportEnd();
    if (cell?.controller.signal.aborted) this.#later(cell, () => this.#abandon(cell), cooperateWithin + finishWithin);
  }

  #later(cell: Cell, work: () => void, ms: number): void {
    primordials.setTimeout(() => cell.finished || work(), ms);
  }

  #stop(cell: Cell, deadline: number): void {
    if (cell.cooperating > 0 && primordials.now() < deadline) {
      this.#later(cell, () => this.#stop(cell, deadline), checkEvery);
    } else if (cell.awaiting.size > 0) {
      for (const reject of [...cell.awaiting]) reject(this.#interruption(cell));
      cell.awaiting.clear();
      this.#later(cell, () => this.#abandon(cell), finishWithin);
    } else {
      // There is nothing to reject: the cell's JavaScript was terminated, which V8 does not report, or the kernel works for it.
      const next = () => (cell.awaiting.size > 0 ? this.#stop(cell, deadline) : this.#abandon(cell));
      this.#later(cell, next, checkEvery);
    }
  }

  #abandon(cell: Cell): void {
    this.#finish(cell, describeError(this.#interruption(cell)));
    this.#repl.abandon();
  }

  #interruption(cell: Cell): KeyboardInterrupt {
    return cell.controller.signal.reason as KeyboardInterrupt;
  }

  /** The error to show for a failure. What an interrupt aborts or kills, such as a child process, has errors of its own. */
  #reason(cell: Cell, error: unknown): unknown {
    const isItself = (error instanceof Thrown ? error.value : error) instanceof KeyboardInterrupt;
    if (error instanceof Terminated || (isInterrupted() && !isItself)) cell.controller.abort(new KeyboardInterrupt());
    return cell.controller.signal.aborted ? this.#interruption(cell) : error;
  }

  async #run(cell: Cell, { compiled, count, silent, timed, userExpressions }: ExecuteOrder): Promise<Outcome> {
    const started = primordials.now();
    const { value } = await this.#repl.evaluate(compiled.javascript);
    if (compiled.hasValue) {
      const shown = await awaitInCell(value);
      if (shown !== undefined && !silent) {
        const data = bundleToJson((await awaitInCell(toBundle(shown))) as Awaited<ReturnType<typeof toBundle>>);
        const content = { execution_count: count, data, metadata: {} };
        if (!cell.finished) this.#host.publish("execute_result", content, cell.id);
      }
    }
    if (timed) primordials.process.stdout.write(`Wall time: ${duration(primordials.now() - started)}\n`);
    const user_expressions: Record<string, unknown> = {};
    for (const name in userExpressions) user_expressions[name] = await this.#expression(userExpressions[name]!);
    return { status: "ok", user_expressions, payload: cell.payload };
  }

  async #expression(expression: ExecuteOrder["userExpressions"][string]): Promise<unknown> {
    if ("problem" in expression) {
      return { status: "error", ename: "SyntaxError", evalue: expression.problem, traceback: [expression.problem] };
    }
    try {
      const { value } = await this.#repl.evaluate(expression.javascript);
      return { status: "ok", data: bundleToJson(await toBundle(await awaitInCell(value))), metadata: {} };
    } catch (error) {
      return describeError(error);
    }
  }

  #finish(cell: Cell, outcome: Outcome): void {
    if (cell.finished) return;
    this.#ended = { cell, outcome };
    cell.finished = true;
    // The `finally` blocks of what the stopped cell awaited run a few microtasks later.
    if (cell.controller.signal.aborted) primordials.setImmediate(() => this.#reportEnd());
    else this.#reportEnd();
  }

  #reportEnd(): void {
    if (!this.#ended) return;
    const { cell, outcome } = this.#ended;
    this.#host.release(cell);
    const text = takeRestored();
    if (text) this.#report({ type: "stream", id: cell.id, name: "stderr", text });
    this.#report({ type: "done", id: cell.id, outcome });
    this.#ended = undefined;
  }
}
