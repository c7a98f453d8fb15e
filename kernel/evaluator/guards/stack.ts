import { natives } from "./natives";

const { captureStackTrace } = natives.Error;

/** The files whose functions called `callee`, the nearest first, no more than `most`; undefined if a cell has frozen Error. */
export function callersOf(callee: (...args: never[]) => unknown, most: number): readonly string[] | undefined {
  const { stackTraceLimit, prepareStackTrace } = natives.Error;
  try {
    const files: string[] = [];
    natives.Error.stackTraceLimit = most;
    natives.Error.prepareStackTrace = (_, frames) => {
      // A cell may have replaced what `for … of` asks an array for.
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
      natives.Error.stackTraceLimit = stackTraceLimit;
      if (prepareStackTrace) natives.Error.prepareStackTrace = prepareStackTrace;
    } catch {}
  }
}
