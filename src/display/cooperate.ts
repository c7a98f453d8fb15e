import { currentHost } from "./tslab_host";

/** Runs work that soon ends by itself after an interrupt, which the kernel waits for. */
export async function cooperate<T>(work: () => Promise<T>): Promise<T> {
  const host = currentHost();
  return host === undefined ? work() : host.cooperate(work);
}
