import { readFileSync } from "node:fs";

export type Channel = "shell" | "control" | "iopub" | "stdin" | "hb";

/** @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files */
export type Connection = { readonly [C in Channel as `${C}_port`]: number } & {
  readonly [field in "transport" | "ip" | "signature_scheme" | "key"]: string;
};

export function readConnection(file: string): Connection {
  return JSON.parse(readFileSync(file, "utf8")) as Connection;
}

/** `"tcp://127.0.0.1:5001"`, or `"ipc:///run/kernel-1"`. */
export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.transport}://${connection.ip}${separator}${port}`;
}
