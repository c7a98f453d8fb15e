import { type Report, Shared } from "../../bridge";
import { primordials } from "../guards/primordials";

/**
 * UTF-16 units that may be unsent in the worker before a cell that prints must wait. The reply to a cell comes after its output,
 * so this is no more than a front end accepts in a tenth of a second.
 */
const maxUnsent = { live: 65_536, headless: 400_000 };
/** Reports of output that may be unread there: an interrupt queues behind them. */
const maxUnread = 500;

/**
 * `report`, except that output waits until the worker has room for it. An endless loop of prints or displays must neither fill
 * the memory nor overwhelm the front end.
 */
export function withBackpressure(
  report: (report: Report) => void,
  shared: Int32Array,
  live: boolean,
): (report: Report) => void {
  const { load, add, wait } = primordials.Atomics;
  const waitUntilBelow = (limit: number, number: Shared): void => {
    for (let now = load(shared, number); now >= limit; now = load(shared, number)) wait(shared, number, now, 100);
  };
  const limit = live ? maxUnsent.live : maxUnsent.headless;
  return (message) => {
    if (message.type !== "stream" && message.type !== "iopub") return report(message);
    waitUntilBelow(limit, Shared.Unsent);
    waitUntilBelow(maxUnread, Shared.Unread);
    report(message);
    // After the report, which fails when the stack has overflowed.
    add(shared, Shared.Unread, 1);
    if (message.type === "stream") add(shared, Shared.Unsent, message.text.length);
  };
}
