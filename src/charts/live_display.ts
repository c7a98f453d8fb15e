import { randomUUID } from "node:crypto";
import { currentHost } from "../display/tslab_host";
import type { Figure } from "./figure";
import { tinyPng } from "./tiny_png";
import { vegaLiteMime } from "./vega_lite";

/** A person sees no more than four pictures a second. */
const leastInterval = 250;
/** Drawing takes at most this share of the time: slow charts are drawn less often. */
const mostShare = 0.01;
/** The second drawing waits no longer than this, in ms. */
const afterFirst = 1000;
/** A training that reports nothing for this long, in ms, has been stopped. */
const silence = 3000;

/**
 * One display in the output of a cell, in which a chart moves. A training that is stopped calls no hook: the chart takes its
 * final form when it has not moved for a while.
 */
export class LiveDisplay {
  readonly #id = randomUUID();
  /** Looked up once: where there is none, the search takes longer than a short epoch. */
  readonly #host = currentHost();
  readonly #settled: () => Figure;
  readonly #began = performance.now();
  #shown = false;
  /** A training that ends before this is too short for a moving chart. */
  #next = this.#began + leastInterval;
  /** How long all drawing took, and the last one, in ms. */
  #spent = 0;
  #took: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param settled makes the chart to save */
  constructor(settled: () => Figure) {
    this.#settled = settled;
  }

  /** Whether it is time to draw; never without a live front end. */
  get due(): boolean {
    return this.#host?.live === true && performance.now() >= this.#next;
  }

  /** Training goes on, with nothing to draw. */
  touch(): void {
    this.#timer?.refresh();
  }

  /** @param make makes the chart as it is now; its time counts as drawing */
  move(make: () => Figure): void {
    const started = performance.now();
    const bundle = make().liveBundle();
    const moving = vegaLiteMime in bundle ? { ...bundle, "image/png": tinyPng } : bundle;
    this.#host?.display(moving, { displayId: this.#id, update: this.#shown });
    this.#shown = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(), silence).unref();
    const took = performance.now() - started;
    this.#spent += took;
    const due = this.#began + (this.#spent + Math.min(took, this.#took ?? took)) / mostShare;
    // The first drawing is slow, and predicts little.
    const wait = this.#took === undefined ? Math.min(due, started + afterFirst) : due;
    this.#took = took;
    this.#next = Math.max(started + leastInterval, wait);
  }

  /** Shows the chart that is saved. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const update = this.#shown;
    this.#shown = true;
    await this.#settled().show({ displayId: this.#id, update });
  }
}
