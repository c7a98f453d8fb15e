const advice: { readonly [code: string]: string } = {
  ENOSPC: "the disk is full: free some space, or set KERAS_HOME to a folder on another disk",
  EDQUOT: "your share of the disk is full: free some space, or set KERAS_HOME to a folder on another disk",
  EROFS: "the disk is read-only: set KERAS_HOME to a folder that can be written to",
  EACCES: "this needs a permission that you do not have: set KERAS_HOME to a folder that can be written to",
};

/** What a fault of the disk means and what helps, or undefined if this error is none. */
export function diskFault(error: unknown): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : advice[code];
  return known === undefined ? undefined : `${known} (${message})`;
}
