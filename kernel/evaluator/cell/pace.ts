import { type Report, Shared } from "../../bridge";
import { natives } from "../guards/natives";

/**
 * UTF-16 units that may wait in the worker before a cell that prints has to wait too. The reply to a cell comes after its
 * output: so no more than a front end takes in a tenth of a second.
 */
const maxUnsent = { live: 65_536, headless: 400_000 };
/** Reports of output that may wait there: an interrupt waits behind them. */
const maxUnread = 500;

/**
 * `report`, but output goes at the pace at which it can be sent: an endless loop of prints or displays must neither fill the
 * memory nor outrun the front end.
 */
export function paced(report: (report: Report) => void, shared: Int32Array, live: boolean): (report: Report) => void {
  const { load, add, wait } = natives.Atomics;
  const waitUntilBelow = (limit: number, number: Shared): void => {
    for (let now = load(shared, number); now >= limit; now = load(shared, number)) wait(shared, number, now, 100);
  };
  const limit = live ? maxUnsent.live : maxUnsent.headless;
  return (message) => {
    if (message.type !== "stream" && message.type !== "iopub") return report(message);
    waitUntilBelow(limit, Shared.Unsent);
    waitUntilBelow(maxUnread, Shared.Unread);
    report(message);
    // Not before: where the stack is at its end, reporting fails.
    add(shared, Shared.Unread, 1);
    if (message.type === "stream") add(shared, Shared.Unsent, message.text.length);
  };
}
