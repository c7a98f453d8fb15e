import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

const ATTEMPTS = 5;
const STALL_MS = 30_000;

/** How a file is downloaded. */
export interface DownloadOptions {
  /** Throws if the file at this path is not what was wanted; it then never appears under its own name. */
  readonly verify?: (path: string) => Promise<void>;
  /** Called as bytes arrive; `total` is undefined if the server does not say. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** Ends the download; what has arrived is kept and taken up by the next one. */
  readonly signal?: AbortSignal | undefined;
}

/** Trying again may help. */
class PassingFault extends Error {}

const sizeOf = (path: string) =>
  stat(path).then(
    (found) => found.size,
    () => 0,
  );

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * The file that this process downloads to. Two processes that want the same file write one each, and the last rename wins.
 * What a process of this machine left behind is taken over: the rename decides who gets it.
 */
async function partialFile(target: string, resume: boolean): Promise<string> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.${hostname()}.`;
  const own = join(folder, `${prefix}${process.pid}.part`);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(".part")) continue;
    const owner = Number.parseInt(name.slice(prefix.length), 10);
    if (owner !== process.pid && isRunning(owner)) continue;
    const left = join(folder, name);
    if (!resume) await rm(left, { force: true });
    else if (left !== own) await rename(left, own).catch(() => undefined);
  }
  return own;
}

/** What made `fetch` fail, whose own message is always "fetch failed". Names that do not exist will not exist soon. */
function fetchFault(error: TypeError): Error {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  const reason = [code, message].filter(Boolean).join(", ");
  return code === undefined || code === "ENOTFOUND" ? new Error(reason) : new PassingFault(reason);
}

async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  // Compressed on the way, a range of the file and its length would mean something else.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (from > 0) headers["range"] = `bytes=${from}-`;
  const response = await fetch(url, { headers, signal });
  if ([200, 206, 416].includes(response.status)) return response;
  await response.body?.cancel();
  const answer = `the server answered ${response.status} ${response.statusText}`.trim();
  if (response.status === 429 || response.status >= 500) throw new PassingFault(answer);
  throw new Error(answer);
}

/** One attempt: appends to `partial` what is missing. */
async function fetchInto(partial: string, url: string, options: DownloadOptions): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new PassingFault(`nothing arrived for ${STALL_MS / 1000} s`)), STALL_MS);
  const signal = options.signal === undefined ? stalled.signal : AbortSignal.any([options.signal, stalled.signal]);
  const have = await sizeOf(partial);
  let output: ReturnType<typeof createWriteStream> | undefined;
  try {
    const response = await request(url, have, signal);
    if (response.status === 416) {
      await response.body?.cancel();
      await rm(partial, { force: true });
      throw new PassingFault("what had arrived is no part of the server's file");
    }
    const start = response.status === 206 ? have : 0;
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : start + Number(length);
    output = createWriteStream(partial, { flags: start === 0 ? "w" : "a" });
    const written = finished(output);
    written.catch(() => undefined);
    let received = start;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      received += chunk.byteLength;
      if (!output.write(chunk)) await Promise.race([once(output, "drain"), written]);
      options.onProgress?.(received, total);
    }
    output.end();
    await written;
    if (total !== undefined && received !== total) throw new PassingFault(`${received} of ${total} bytes arrived`);
  } catch (error) {
    output?.destroy();
    options.signal?.throwIfAborted();
    throw error instanceof TypeError ? fetchFault(error) : error;
  } finally {
    clearTimeout(timer);
  }
}

async function fetchWhole(partial: string, url: string, options: DownloadOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchInto(partial, url, options);
    } catch (error) {
      if (!(error instanceof PassingFault)) {
        if (options.signal?.aborted !== true) await rm(partial, { force: true });
        throw error;
      }
      if (attempt === ATTEMPTS) throw new Error(`${error.message} (tried ${ATTEMPTS} times)`);
      await sleep(100 * 2 ** attempt, undefined, { signal: options.signal });
    }
  }
}

const running = new Map<string, Promise<void>>();

async function start(url: string, target: string, options: DownloadOptions): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  // Without a check, nobody would notice that a half from an earlier day and a half from today differ.
  const partial = await partialFile(target, options.verify !== undefined);
  let resumed = (await sizeOf(partial)) > 0;
  for (;;) {
    await fetchWhole(partial, url, options);
    try {
      await options.verify?.(partial);
      break;
    } catch (error) {
      await rm(partial, { force: true });
      if (!resumed) throw error;
      resumed = false;
    }
  }
  await rename(partial, target);
}

/**
 * Downloads a file. It appears at `target` whole and checked or not at all; what was there before stays until then. A lost
 * connection is taken up where it broke, five times, and so is what an earlier process left unfinished.
 *
 * @throws Error that says what the server answered or what is wrong with the file; the reason of `signal` if it aborts
 */
export function download(url: string, target: string, options: DownloadOptions = {}): Promise<void> {
  const same = running.get(target);
  if (same !== undefined) return same;
  const job = start(url, target, options).finally(() => running.delete(target));
  running.set(target, job);
  return job;
}
