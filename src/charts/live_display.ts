import { randomUUID } from "node:crypto";
import { currentHost } from "../display/tslab_host";
import type { Figure } from "./figure";
import { tinyPng } from "./tiny_png";
import { vegaLiteMime } from "./vega_lite";

/** A person sees no more than four pictures a second. */
const leastInterval = 250;
/** Drawing takes this share of the time at most: what takes long is drawn less often. */
const mostShare = 0.01;
/** The second drawing waits no longer than this, in ms. */
const afterFirst = 1000;
/** Without a sign of life for so long, the training has been stopped. */
const silence = 3000;

/**
 * One display in the output of a cell, in which a chart moves. When training is stopped, nobody says so: the chart then
 * takes its last state when it has not moved for a while.
 */
export class LiveDisplay {
  readonly #id = randomUUID();
  /** Asked for once: where there is none, looking for it takes longer than a short epoch. */
  readonly #host = currentHost();
  readonly #settled: () => Figure;
  readonly #began = performance.now();
  #shown = false;
  /** No chart for a training that is over before anybody could see it move. */
  #next = this.#began + leastInterval;
  /** How long all drawing took so far, and the last one, in ms. */
  #spent = 0;
  #took: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param settled the chart as it is to be saved */
  constructor(settled: () => Figure) {
    this.#settled = settled;
  }

  /** Whether it is time to move; never where nobody watches. */
  get due(): boolean {
    return this.#host?.live === true && performance.now() >= this.#next;
  }

  /** Training goes on, though there is nothing to draw. */
  touch(): void {
    this.#timer?.refresh();
  }

  /** @param make the chart as it stands; making it is part of what drawing takes */
  move(make: () => Figure): void {
    const started = performance.now();
    const bundle = make().liveBundle();
    // With a picture in its bundle, JupyterLab embeds a Vega-Lite chart once and not twice.
    const moving = vegaLiteMime in bundle ? { ...bundle, "image/png": tinyPng } : bundle;
    this.#host?.display(moving, { displayId: this.#id, update: this.#shown });
    this.#shown = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(), silence).unref();
    const took = performance.now() - started;
    this.#spent += took;
    const due = this.#began + (this.#spent + Math.min(took, this.#took ?? took)) / mostShare;
    // The first is always slow, and says little about the next.
    const wait = this.#took === undefined ? Math.min(due, started + afterFirst) : due;
    this.#took = took;
    this.#next = Math.max(started + leastInterval, wait);
  }

  /** Shows the chart plainly, as it is to be saved. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const update = this.#shown;
    this.#shown = true;
    await this.#settled().show({ displayId: this.#id, update });
  }
}
