import { randomUUID } from "node:crypto";
import { currentHost } from "../display/tslab_host";
import type { Figure } from "./figure";
import { tinyPng } from "./tiny_png";
import { vegaLiteMime } from "./vega_lite";

/** A person sees no more than four pictures a second. */
const leastInterval = 250;
/** Drawing may take this share of the time at most: what takes long is drawn less often. */
const mostShare = 0.015;
/** Without a sign of life for so long, the training has been stopped. */
const silence = 3000;

/**
 * One display in the output of a cell, in which a chart moves. When training is stopped, nobody says so: the chart then
 * takes its last state when it has not moved for a while.
 */
export class LiveDisplay {
  readonly #id = randomUUID();
  readonly #settled: () => Figure;
  #shown = false;
  #next = Number.NEGATIVE_INFINITY;
  /** How long the drawing before took, in ms. Two in a row say more than one: the first is always slow. */
  #before = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param settled the chart as it is to be saved */
  constructor(settled: () => Figure) {
    this.#settled = settled;
  }

  /** Whether it is time to move; never where nobody watches. */
  get due(): boolean {
    return currentHost()?.live === true && performance.now() >= this.#next;
  }

  /** Training goes on, though there is nothing to draw. */
  touch(): void {
    this.#timer?.refresh();
  }

  move(figure: Figure): void {
    const started = performance.now();
    const bundle = figure.bundle();
    // With a picture in its bundle, JupyterLab embeds a Vega-Lite chart once and not twice.
    const moving = vegaLiteMime in bundle ? { ...bundle, "image/png": tinyPng } : bundle;
    currentHost()?.display(moving, { displayId: this.#id, update: this.#shown });
    this.#shown = true;
    const took = performance.now() - started;
    this.#next = started + Math.max(leastInterval, Math.min(took, this.#before) / mostShare);
    this.#before = took;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(), silence).unref();
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
