import { readFileSync } from "node:fs";

/** @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files */
export interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
  readonly signature_scheme: string;
  readonly key: string;
}

export type Channel = "shell" | "control" | "iopub" | "stdin" | "hb";

export function readConnection(file: string): Connection {
  return JSON.parse(readFileSync(file, "utf8")) as Connection;
}

/** `"tcp://127.0.0.1:5001"`, or `"ipc:///run/kernel-1"`. */
export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  const separator = connection.transport === "ipc" ? "-" : ":";
  return `${connection.transport}://${connection.ip}${separator}${port}`;
}
