import { performance } from "node:perf_hooks";
import { Progbar } from "../display/progbar";
import { type ProgressOutput, progressOutput } from "../display/progress_output";
import { currentHost } from "../display/tslab_host";
import { Callback, type CallbackParams, type Logs } from "./callback";

// As in Keras: more often would flicker.
const UPDATE_EVERY_MS = 50;

/** Shows the progress bar; `fit`, `evaluate` and `predict` add it for `verbose` 1 and 2. */
export class ProgbarLogger extends Callback {
  static readonly className = "ProgbarLogger";
  readonly #given: ProgressOutput | undefined;
  #output: ProgressOutput | undefined;
  #bar: Progbar | undefined;
  #seen = 0;
  #lastUpdate = 0;
  #inFit = false;
  #validating = false;
  #steps: number | null = null;

  /** @param output where to show it; default: the notebook's cell, or the terminal */
  constructor(output?: ProgressOutput) {
    super();
    this.#given = output;
  }

  override setParams(params: CallbackParams): void {
    super.setParams(params);
    this.#output = this.#given ?? progressOutput(params.verbose === 1 ? currentHost() : undefined);
    this.#steps = params.steps;
  }

  override onTrainBegin(): void {
    this.#inFit = true;
  }

  override onEpochBegin(epoch: number): void {
    this.#begin();
    if (this.params.verbose > 0 && this.params.epochs > 1)
      this.#output?.heading(`Epoch ${epoch + 1}/${this.params.epochs}`);
  }

  override onTestBegin(): void {
    // Validation within `fit` is silent.
    this.#validating = this.#inFit;
    if (!this.#inFit) this.#begin();
  }

  override onPredictBegin(): void {
    this.#begin();
  }

  #begin(): void {
    this.#seen = 0;
    this.#lastUpdate = 0;
    this.#bar = new Progbar(this.#steps);
  }

  override onProgress(done: number, logs: Logs): void {
    if (this.#validating) return;
    this.#seen = done;
    if (this.params.verbose !== 1 || this.#bar === undefined) return;
    // Made even if it is not shown, because it measures the time of the first step.
    const line = this.#bar.line(done, logs, false);
    const now = performance.now();
    if (now - this.#lastUpdate < UPDATE_EVERY_MS) return;
    this.#lastUpdate = now;
    this.#output?.update(line, false);
  }

  override onEpochEnd(_epoch: number, logs: Logs = {}): void {
    this.#finish(logs);
  }

  override onTestEnd(logs: Logs = {}): void {
    this.#validating = false;
    if (this.#inFit) return;
    this.#finish(logs);
    this.#output?.end?.();
  }

  override onPredictEnd(): void {
    this.#finish({});
    this.#output?.end?.();
  }

  override onTrainEnd(): void {
    this.#output?.end?.();
  }

  #finish(logs: Logs): void {
    const bar = this.#bar;
    if (bar === undefined) return;
    // With a generator the number of steps is known only now.
    this.#steps ??= this.#seen;
    bar.target ??= this.#seen;
    if (this.params.verbose === 1) this.#output?.update(bar.line(bar.target, logs, true), true);
    if (this.params.verbose === 2) this.#output?.heading(bar.shortLine(bar.target, logs));
  }
}
