import { primordials } from "./primordials";

const { captureStackTrace } = primordials.Error;

/** The files of the functions that called `callee`, nearest first, at most `limit`; undefined if a cell has frozen Error. */
export function callersOf(callee: (...args: never[]) => unknown, limit: number): readonly string[] | undefined {
  const { stackTraceLimit, prepareStackTrace } = primordials.Error;
  try {
    const files: string[] = [];
    primordials.Error.stackTraceLimit = limit;
    primordials.Error.prepareStackTrace = (_, frames) => {
      // No `for … of`: a cell may have replaced the array iterator.
      for (let i = 0; i < frames.length; i++) files[i] = frames[i]?.getScriptNameOrSourceURL() ?? "";
    };
    const holder: { stack?: unknown } = {};
    captureStackTrace(holder, callee);
    void holder.stack;
    return files;
  } catch {
    return undefined;
  } finally {
    try {
      primordials.Error.stackTraceLimit = stackTraceLimit;
      if (prepareStackTrace) primordials.Error.prepareStackTrace = prepareStackTrace;
    } catch {}
  }
}
