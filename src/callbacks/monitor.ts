import * as kinds from "../options/kinds";
import { didYouMean } from "../options/options";
import type { CallbackModel } from "./callback_model";
import type { Logs } from "./logs";

/** What is watched, and what counts as better. */
export interface MonitorOptions {
  /** A name in the logs. Default `"val_loss"`. */
  readonly monitor?: string;
  /** How much better counts as an improvement. Default 0. */
  readonly minDelta?: number;
  /** Whether less or more is better. Default `"auto"`: told by the metric; one of your own needs it said. */
  readonly mode?: "auto" | "min" | "max";
}

/** What {@link MonitorOptions} may be. */
export const monitorKinds: kinds.KindsOf<MonitorOptions> = {
  monitor: kinds.name,
  minDelta: kinds.number(),
  mode: kinds.oneOf("auto", "min", "max"),
};

/** Watches one value in the logs and remembers the best. */
export class Monitor {
  readonly name: string;
  readonly #who: string;
  readonly #delta: number;
  #upward: boolean | undefined;
  /** The best value so far; undefined at first. */
  best: number | undefined;
  #warned = false;

  constructor(who: string, options: MonitorOptions) {
    const { monitor = "val_loss", minDelta = 0, mode = "auto" } = options;
    this.name = monitor;
    this.#who = who;
    this.#delta = Math.abs(minDelta);
    this.#upward = mode === "auto" ? undefined : mode === "max";
  }

  reset(): void {
    this.best = undefined;
  }

  /** The value in the logs; warns once if there is none. */
  read(logs: Logs, model: CallbackModel | undefined): number | undefined {
    const value = logs[this.name];
    if (value === undefined && !this.#warned) {
      this.#warned = true;
      const names = Object.keys(logs);
      const hint =
        this.name.startsWith("val_") && !names.some((name) => name.startsWith("val_"))
          ? "Give fit() validationData or validationSplit."
          : didYouMean(this.name, names) || `There is ${names.join(", ")}.`;
      console.warn(
        `${this.#who} watches "${this.name}", which ${model === undefined ? "the logs do" : `"${model.name}" does`} not report. ${hint}`,
      );
    }
    if (value !== undefined) this.#upward ??= this.#directionIn(model) === "up";
    return value;
  }

  /** Whether more or less of the value is better, as its metric says. */
  #directionIn(model: CallbackModel | undefined): "up" | "down" {
    const name = this.name.replace(/^val_/, "");
    if (/(^|_)loss$/.test(name)) return "down";
    const { compilation } = model ?? {};
    const entries = compilation?.built ? compilation.metrics.entries : [];
    const direction = entries.find(({ key }) => key === name)?.metric.direction;
    if (direction !== undefined) return direction;
    throw new Error(
      `${this.#who} watches "${this.name}", of which it cannot tell whether more or less is better. Add mode: "max" or mode: "min".`,
    );
  }

  /** Whether `value` is better than `other` by more than `minDelta`. */
  isBetter(value: number, other: number): boolean {
    return this.#upward === true ? value - this.#delta > other : value + this.#delta < other;
  }

  /** Whether `value` is better than the best so far; the first value is. */
  improves(value: number): boolean {
    return this.best === undefined ? !Number.isNaN(value) : this.isBetter(value, this.best);
  }
}
