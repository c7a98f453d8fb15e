/**
 * V8's code of what this thread loads from here on, kept between runs where Node can (22.1 and newer): TypeScript's compiler
 * loads in less than half the time.
 */

import module from "node:module";

const { enableCompileCache, flushCompileCache } = module as {
  enableCompileCache?: () => unknown;
  flushCompileCache?: () => void;
};
enableCompileCache?.();

/** Writes it now: a kernel may end without a word. */
export const keepCompiled = (): void => flushCompileCache?.();
