import { existsSync } from "node:fs";
import path from "node:path";

/** The name under which Jupyter knows the kernel: the folder of its kernelspec. */
export const kernelName = "tskeras";

/** @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message" | "signal";
  readonly metadata: { readonly [name: string]: unknown };
}

/**
 * Node's own path, or a link that survives upgrades: Homebrew keeps each version in a folder of its own
 * and deletes the old one (denoland/deno#25306).
 */
export function lastingNode(node: string): string {
  const [, prefix, formula] = /^(.*)\/Cellar\/([^/]+)\/[^/]+\/bin\/node$/.exec(node) ?? [];
  const link = `${prefix}/opt/${formula}/bin/node`;
  return formula && existsSync(link) ? link : node;
}

/** The kernelspec of this build. Its paths are absolute, so it does not depend on any PATH. */
export function kernelSpec(): KernelSpec {
  return {
    argv: [lastingNode(process.execPath), path.join(__dirname, "main.js"), "{connection_file}"],
    display_name: "TypeScript (tskeras)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: true },
  };
}
