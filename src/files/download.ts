import { type FileHandle, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { asList } from "../backend/lists";
import { partialFile } from "./partial_file";
import { retry, TemporaryError } from "./retry";

const STALL_MS = 30_000;

/** How a file is downloaded. */
export interface DownloadOptions {
  /** Throws if the file at this path is not the expected one; it then never appears under its own name. */
  readonly verify?: ((path: string) => Promise<void>) | undefined;
  /** Called as bytes arrive; `total` is undefined if the server does not say. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** Ends the download; the next one continues from the bytes that have arrived. */
  readonly signal?: AbortSignal | undefined;
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** Why `fetch` failed; its own message is always "fetch failed". A host name that does not exist is not tried again. */
function fetchError(error: TypeError): Error {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  const reason = [code, message].filter(Boolean).join(", ");
  return code === undefined || code === "ENOTFOUND" ? new Error(reason) : new TemporaryError(reason);
}

async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  // With another encoding, ranges and lengths would be those of the compressed file.
  const headers = { "accept-encoding": "identity", ...(from > 0 && { range: `bytes=${from}-` }) };
  const response = await fetch(url, { headers, signal });
  const { status, statusText } = response;
  if (status === 200 || status === 206) return response;
  await response.body?.cancel();
  // The server's file is shorter than what has arrived.
  if (status === 416 && from > 0) return request(url, 0, signal);
  const answer = `the server answered ${status} ${statusText}`.trim();
  throw status === 429 || status >= 500 ? new TemporaryError(answer) : new Error(answer);
}

/** One attempt: appends to `partial` the bytes that it lacks. */
async function fetchRest(partial: string, url: string, options: DownloadOptions): Promise<void> {
  const stalled = new AbortController();
  const stall = new TemporaryError(`nothing arrived for ${STALL_MS / 1000} s`);
  const timer = setTimeout(() => stalled.abort(stall), STALL_MS);
  const have = await sizeOf(partial);
  let file: FileHandle | undefined;
  try {
    const response = await request(url, have, AbortSignal.any([stalled.signal, ...asList(options.signal)]));
    const start = response.status === 206 ? have : 0;
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : start + Number(length);
    file = await open(partial, start === 0 ? "w" : "a");
    let received = start;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      received += chunk.byteLength;
      await file.writeFile(chunk);
      options.onProgress?.(received, total);
    }
    if (total !== undefined && received !== total) throw new TemporaryError(`${received} of ${total} bytes arrived`);
  } catch (error) {
    options.signal?.throwIfAborted();
    const reason = error instanceof TypeError ? fetchError(error) : error;
    if (!(reason instanceof TemporaryError)) await rm(partial, { force: true });
    throw reason;
  } finally {
    clearTimeout(timer);
    await file?.close();
  }
}

async function start(url: string, target: string, options: DownloadOptions): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  // Without a check, nobody would notice that an earlier half and a new half are of different files.
  const partial = await partialFile(target, options.verify !== undefined);
  for (let resumed = (await sizeOf(partial)) > 0; ; resumed = false) {
    await retry(() => fetchRest(partial, url, options), options.signal);
    try {
      await options.verify?.(partial);
      return await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      if (!resumed) throw error;
    }
  }
}

const running = new Map<string, Promise<void>>();

/**
 * Downloads a file. It appears at `target` complete and checked or not at all; until then an earlier file stays there. After
 * a lost connection, and after a process that ended, the download continues where it stopped.
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
