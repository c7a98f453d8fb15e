import type { ExecuteOrder, Outcome, Report } from "../bridge";
import { duration } from "../magics/magics";
import { awaitInCell, isInterrupted } from "./cell/awaiting";
import { bundleToJson, toBundle } from "./cell/bundle";
import { Cell, KeyboardInterrupt, runIn } from "./cell/cell";
import { describeError } from "./cell/errors";
import { Repl, Terminated, Thrown } from "./cell/repl";
import { addSource } from "./cell/sources";
import { takeRestored } from "./guards/builtins";
import { natives } from "./guards/natives";
import type { Host } from "./host";

/** After an interrupt, how often to look whether the cell has ended in ms, and how long work that watches the signal may take. */
const grace = 30;
const cooperativeGrace = 2000;
/** How long its `finally` blocks may take after its `await`s were rejected. */
const lastGrace = 150;

/** Runs cells, one at a time. */
export class Evaluator {
  readonly #repl = new Repl();
  #cell: Cell | undefined;
  /** What the worker has not been told yet. */
  #ended: { readonly cell: Cell; readonly outcome: Outcome } | undefined;
  /** What cells have declared at their top level. */
  readonly names = new natives.Set<string>();

  constructor(
    private readonly report: (report: Report) => void,
    private readonly host: Host,
  ) {}

  execute(order: ExecuteOrder): void {
    const { compiled, code } = order;
    const cell = new Cell(order.id, order);
    this.#cell = cell;
    const run = async (): Promise<void> => {
      try {
        addSource(compiled.fileName, code, compiled.sourceMap);
        for (const name of compiled.declares) this.names.add(name);
        this.#finish(cell, await this.#run(cell, order));
      } catch (error) {
        this.#finish(cell, describeError(this.#reason(cell, error)));
      }
    };
    void runIn(cell, run);
  }

  /** The value of a cell's variable; undefined if its cell failed before it was set. */
  async value(name: string): Promise<unknown> {
    return (await this.#repl.evaluate(name).catch(() => ({ value: undefined }))).value;
  }

  /** Sets variables to undefined: a binding cannot be removed, but its value can be freed. */
  async clear(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#repl.evaluate(`void (${name} = undefined)`).catch(() => {});
    this.names.clear();
  }

  /** Stops the running cell: first by its signal, then at its `await`s, and in the end without it. */
  interrupt(): void {
    const cell = this.#cell;
    if (!cell || cell.finished) return;
    if (cell.controller.signal.aborted) this.#abandon(cell);
    else {
      cell.controller.abort(new KeyboardInterrupt());
      this.#stop(cell, natives.now() + cooperativeGrace);
    }
  }

  /** Ends the stopped cell even if a late termination struck what was to do it. */
  afterTermination(): void {
    const cell = this.#cell;
    this.#tellEnd();
    if (cell?.controller.signal.aborted) this.#later(cell, () => this.#abandon(cell), cooperativeGrace + lastGrace);
  }

  #later(cell: Cell, work: () => void, ms: number): void {
    natives.setTimeout(() => cell.finished || work(), ms);
  }

  #stop(cell: Cell, deadline: number): void {
    if (cell.cooperating > 0 && natives.now() < deadline) this.#later(cell, () => this.#stop(cell, deadline), grace);
    else if (cell.awaiting.size > 0) {
      for (const reject of [...cell.awaiting]) reject(this.#interruption(cell));
      cell.awaiting.clear();
      this.#later(cell, () => this.#abandon(cell), lastGrace);
    } else {
      // Nothing to reject: its JavaScript was terminated, and V8 will not tell, or the kernel itself is at work for it.
      this.#later(cell, () => (cell.awaiting.size > 0 ? this.#stop(cell, deadline) : this.#abandon(cell)), grace);
    }
  }

  #abandon(cell: Cell): void {
    this.#finish(cell, describeError(this.#interruption(cell)));
    this.#repl.abandon();
  }

  #interruption(cell: Cell): KeyboardInterrupt {
    return cell.controller.signal.reason as KeyboardInterrupt;
  }

  /** What to tell of a failure. What an interrupt aborts or kills, such as a child process, fails in ways of its own. */
  #reason(cell: Cell, error: unknown): unknown {
    const isItself = (error instanceof Thrown ? error.value : error) instanceof KeyboardInterrupt;
    if (error instanceof Terminated || (isInterrupted() && !isItself)) cell.controller.abort(new KeyboardInterrupt());
    return cell.controller.signal.aborted ? this.#interruption(cell) : error;
  }

  async #run(cell: Cell, { compiled, count, silent, timed, userExpressions }: ExecuteOrder): Promise<Outcome> {
    const started = natives.now();
    const { value } = await this.#repl.evaluate(compiled.javascript);
    if (compiled.hasValue) {
      const shown = await awaitInCell(value);
      if (shown !== undefined && !silent) {
        const data = bundleToJson((await awaitInCell(toBundle(shown))) as Awaited<ReturnType<typeof toBundle>>);
        if (!cell.finished)
          this.host.publish("execute_result", { execution_count: count, data, metadata: {} }, cell.id);
      }
    }
    if (timed) natives.process.stdout.write(`Wall time: ${duration(natives.now() - started)}\n`);
    const values: Record<string, unknown> = {};
    for (const name in userExpressions) {
      const expression = userExpressions[name];
      if (expression) values[name] = await this.#expression(expression);
    }
    return { status: "ok", user_expressions: values, payload: cell.payload };
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
    // The `finally` blocks of what the stopped cell was waiting for come a few microtasks later.
    if (cell.controller.signal.aborted) natives.setImmediate(() => this.#tellEnd());
    else this.#tellEnd();
  }

  #tellEnd(): void {
    if (!this.#ended) return;
    const { cell, outcome } = this.#ended;
    this.host.release(cell);
    const text = takeRestored();
    if (text) this.report({ type: "stream", id: cell.id, name: "stderr", text });
    this.report({ type: "done", id: cell.id, outcome });
    this.#ended = undefined;
  }
}
