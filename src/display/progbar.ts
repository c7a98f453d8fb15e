import { performance } from "node:perf_hooks";
import { fixed, oddText, scientific } from "./decimals";

const BAR_WIDTH = 20;

/** Numbers to show, in order. */
export type ProgressValues = { readonly [name: string]: number };

const whole = (x: number): string => fixed(x, 0);

function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return oddText(value);
  return Math.abs(value) > 1e-3 ? fixed(value, 4) : scientific(value, 4);
}

function formatStepTime(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return ` ${whole(seconds)}s/step`;
  if (seconds >= 1e-3) return ` ${whole(seconds * 1e3)}ms/step`;
  return ` ${whole(seconds * 1e6)}us/step`;
}

function formatRemaining(seconds: number): string {
  const two = (n: number) => String(Math.trunc(n)).padStart(2, "0");
  if (seconds > 3600) return `${Math.trunc(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  if (seconds > 60) return `${Math.trunc(seconds / 60)}:${two(seconds % 60)}`;
  return `${Math.trunc(seconds)}s`;
}

const color = (code: string, text: string) => `\x1b[${code}m${text}\x1b[0m`;

/** The text without colors. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colors begin with the escape character
export const plainText = (text: string): string => text.replaceAll(/\x1b\[[0-9;]*m/g, "");

/** The state of one progress bar: measures time, and writes the line that Keras 3 writes. */
export class Progbar {
  /** Total number of steps, null if it is not known. */
  target: number | null;
  readonly #clock: () => number;
  readonly #start: number;
  #afterFirstStep: number | undefined;

  /** @param clock returns seconds; a parameter for tests */
  constructor(target: number | null, clock: () => number = () => performance.now() / 1000) {
    this.target = target;
    this.#clock = clock;
    this.#start = clock();
  }

  /** Seconds for a step, without the first one, which compiles. */
  #stepTime(current: number, now: number): number {
    if (current === 0) return 0;
    if (this.#afterFirstStep !== undefined && current > 1) return (now - this.#afterFirstStep) / (current - 1);
    if (current === 1) this.#afterFirstStep = now;
    return (now - this.#start) / current;
  }

  /** The line for `current` steps done, as verbose 1 shows it. */
  line(current: number, values: ProgressValues, finished: boolean): string {
    const now = this.#clock();
    const stepTime = this.#stepTime(current, now);
    const target = this.target ?? 0;
    let line = `${String(current).padStart(7)}/Unknown`;
    if (target > 0) {
      const done = Math.trunc((BAR_WIDTH * current) / target);
      line = `${color("1", count(current, target))} `;
      if (done > 0) line += color("32", "━".repeat(done));
      line += color("37", "━".repeat(Math.max(BAR_WIDTH - done, 0)));
    }
    const remaining = target > 0 && !finished;
    const time = remaining ? formatRemaining(stepTime * (target - current)) : `${whole(now - this.#start)}s`;
    return `${line} ${color("1", time)}${formatStepTime(stepTime)}${formatValues(values)}`;
  }

  /** The line of a finished epoch, as verbose 2 shows it. */
  shortLine(current: number, values: ProgressValues): string {
    const now = this.#clock();
    const time = `${whole(now - this.#start)}s -${formatStepTime(this.#stepTime(current, now))}`;
    return `${count(current, this.target ?? current)} - ${time}${formatValues(values)}`;
  }
}

const count = (current: number, target: number) => `${String(current).padStart(String(target).length)}/${target}`;

const formatValues = (values: ProgressValues): string =>
  Object.entries(values)
    .map(([name, value]) => ` - ${name}: ${formatMetric(value)}`)
    .join("");
