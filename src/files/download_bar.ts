import { progressOutput } from "../display/progress_output";
import { currentHost } from "../display/tslab_host";

const WIDTH = 20;
const INTERVAL_MS = 100;

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** The line for so many bytes after so many seconds: `17.5/17.5 MB ━━━━━━━━━━━━━━━━━━━━ 3s`. */
function downloadLine(received: number, total: number | undefined, seconds: number): string {
  const elapsed = `${Math.round(seconds)}s`;
  if (total === undefined) return `${megabytes(received)} MB ${elapsed}`;
  const filled = Math.round((WIDTH * received) / Math.max(total, 1));
  return `${megabytes(received)}/${megabytes(total)} MB ${"━".repeat(filled).padEnd(WIDTH, "─")} ${elapsed}`;
}

/** Shows a download's progress: updated in place in a notebook or terminal, else one line at the end. */
export class DownloadBar {
  readonly #output = progressOutput(currentHost());
  readonly #start = performance.now();
  #line = "";
  #shownAt = Number.NEGATIVE_INFINITY;

  update(received: number, total: number | undefined): void {
    const now = performance.now();
    this.#line = downloadLine(received, total, (now - this.#start) / 1000);
    if (now - this.#shownAt < INTERVAL_MS) return;
    this.#shownAt = now;
    this.#output.update(this.#line, false);
  }

  /** Shows the last state and ends the line. */
  finish(): void {
    if (this.#line === "") return;
    this.#output.update(this.#line, true);
    this.#output.end?.();
  }
}
