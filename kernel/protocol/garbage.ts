import { getHeapStatistics } from "node:v8";
import { collector } from "../../src/backend/collector";

/** Bytes of garbage that justify a pause of about 20 ms. */
const worthwhile = 32 * 2 ** 20;

/**
 * Keeps this thread's memory flat. What it allocates for a cell survives V8's quick collections, and V8 waits for more than a
 * hundred megabytes before it starts a full one.
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
