import { getHeapStatistics } from "node:v8";
import { collector } from "../../src/backend/collector";

/** Bytes of garbage that are worth a pause of about 20 ms. */
const worthwhile = 32 * 2 ** 20;

/**
 * Keeps this thread's memory flat. What it makes for a cell outlives V8's quick collections, and left to itself V8 waits for
 * more than a hundred megabytes before it looks at the rest.
 */
export function collectGarbage(): void {
  let collect: (() => void) | undefined;
  let held = worthwhile;
  setInterval(() => {
    if (getHeapStatistics().used_heap_size < held + worthwhile) return;
    collect ??= collector();
    collect();
    held = getHeapStatistics().used_heap_size;
  }, 1000).unref();
}
