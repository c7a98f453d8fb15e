import { setTimeout as sleep } from "node:timers/promises";

const ATTEMPTS = 5;

/** An error that may not happen the next time. */
export class TemporaryError extends Error {}

/** Calls `attempt`, up to five times while it throws a {@link TemporaryError}, with pauses of 0.2, 0.4, 0.8 and 1.6 s. */
export async function retry(attempt: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TemporaryError)) throw error;
      if (count === ATTEMPTS) throw new Error(`${error.message} (tried ${ATTEMPTS} times)`, { cause: error });
      await sleep(100 * 2 ** count, undefined, { signal });
    }
  }
}
