const full = "free some space, or set KERAS_HOME to a folder on another disk";
const readOnly = "set KERAS_HOME to a folder that can be written to";

const advice: { readonly [code: string]: string } = {
  ENOSPC: `the disk is full: ${full}`,
  EDQUOT: `your share of the disk is full: ${full}`,
  EROFS: `the disk is read-only: ${readOnly}`,
  EACCES: `you do not have the permission: ${readOnly}`,
};

/** An error's message, with advice if the disk caused it. */
export function reasonOf(error: unknown): string {
  const { code = "", message = String(error) } = error as NodeJS.ErrnoException;
  return Object.hasOwn(advice, code) ? `${advice[code]} (${message})` : message;
}
