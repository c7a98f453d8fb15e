import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of one file on the loopback that misbehaves as told. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** The `range` header of each request so far, "" where there was none. */
  readonly requests: string[];
}

/** How the server answers its n-th request, counted from 0: a status, or a number of bytes after which it hangs up. */
export type Behavior = (request: number) => { readonly status?: number; readonly hangUpAfter?: number };

/**
 * Serves `content` at any path.
 *
 * @param options `ranges: false` ignores the range that is asked for
 */
export async function serveFile(
  content: Buffer,
  behavior: Behavior = () => ({}),
  { ranges = true } = {},
): Promise<FileServer> {
  const requests: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { range = "" } = request.headers;
    const { status = 200, hangUpAfter } = behavior(requests.length);
    requests.push(range);
    if (status !== 200) return response.writeHead(status).end();
    const from = ranges && range !== "" ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
    if (from > 0 && from >= content.length) return response.writeHead(416).end();
    response.writeHead(from > 0 ? 206 : 200, { "content-length": content.length - from });
    if (hangUpAfter === undefined) return response.end(content.subarray(from));
    return response.write(content.subarray(from, from + hangUpAfter), () => setTimeout(() => response.destroy(), 50));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, [Symbol.asyncDispose]: close };
}
