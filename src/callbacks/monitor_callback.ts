import * as kinds from "../options/kinds";
import { didYouMean } from "../options/options";
import { Callback } from "./callback";
import type { Logs } from "./logs";

/** What is watched, and what counts as better. */
export interface MonitorOptions {
  /** A name in the logs. Default `"val_loss"`. */
  readonly monitor?: string;
  /** How much better counts as an improvement. Default 0. */
  readonly minDelta?: number;
  /** Whether less or more is better. Default `"auto"`: as the metric says; needed for metrics of your own. */
  readonly mode?: "auto" | "min" | "max";
}

/** What {@link MonitorOptions} may be. */
export const monitorKinds: kinds.KindsOf<MonitorOptions> = {
  monitor: kinds.name,
  minDelta: kinds.number(),
  mode: kinds.oneOf("auto", "min", "max"),
};

/** What the `verbose` of a callback may be. */
export const verboseKind = kinds.oneOf(0, 1);

/** Base of the callbacks that watch one value in the logs and remember the best. */
export class MonitorCallback extends Callback {
  static readonly className: string = "MonitorCallback";
  /** The name of the value. */
  readonly monitor: string;
  /** The best value so far. */
  best: number | undefined;
  readonly #delta: number;
  #upward: boolean | undefined;
  #warned = false;

  constructor({ monitor = "val_loss", minDelta = 0, mode = "auto" }: MonitorOptions) {
    super();
    this.monitor = monitor;
    this.#delta = Math.abs(minDelta);
    this.#upward = mode === "auto" ? undefined : mode === "max";
  }

  get #who(): string {
    return (this.constructor as typeof MonitorCallback).className;
  }

  /** The value in the logs; warns once if there is none. */
  protected read(logs: Logs): number | undefined {
    const value = logs[this.monitor];
    if (value === undefined && !this.#warned) {
      this.#warned = true;
      const names = Object.keys(logs);
      const hint =
        this.monitor.startsWith("val_") && !names.some((name) => name.startsWith("val_"))
          ? "Give fit() validationData or validationSplit."
          : didYouMean(this.monitor, names) || `There is ${names.join(", ")}.`;
      const reporter = this.model === undefined ? "the logs do" : `"${this.model.name}" does`;
      console.warn(`${this.#who} watches "${this.monitor}", which ${reporter} not report. ${hint}`);
    }
    if (value !== undefined) this.#upward ??= this.#direction() === "up";
    return value;
  }

  /** Whether more or less of the value is better, as its metric says. */
  #direction(): "up" | "down" {
    const name = this.monitor.replace(/^val_/, "");
    if (/(^|_)loss$/.test(name)) return "down";
    const compilation = this.model?.compilation;
    const entries = compilation?.built ? compilation.metrics.entries : [];
    const direction = entries.find(({ key }) => key === name)?.metric.direction;
    if (direction !== undefined) return direction;
    throw new Error(
      `${this.#who} watches "${this.monitor}", of which it cannot tell whether more or less is better. Add mode: "max" or mode: "min".`,
    );
  }

  /** Whether `value` is better than `other` by more than `minDelta`. */
  protected isBetter(value: number, other: number): boolean {
    return this.#upward === true ? value - this.#delta > other : value + this.#delta < other;
  }

  /** Whether `value` is better than the best so far; the first value is. */
  protected improves(value: number): boolean {
    return this.best === undefined ? !Number.isNaN(value) : this.isBetter(value, this.best);
  }
}
