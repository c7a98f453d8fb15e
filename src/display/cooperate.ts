import { currentHost } from "./tslab_host";

/** Runs what ends soon by itself when the reader stops the cell; the kernel waits for that. */
export async function cooperate<T>(work: () => Promise<T>): Promise<T> {
  const host = currentHost();
  return host === undefined ? work() : host.cooperate(work);
}
