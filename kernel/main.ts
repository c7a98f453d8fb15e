/** The kernel's process: `node main.js <connection file>`. */

import "./compile_cache";
import { startProtocol } from "./protocol/thread";

const [connectionFile] = process.argv.slice(2);
if (connectionFile) {
  const protocol = startProtocol(connectionFile);
  // The rest loads while that thread starts.
  void import("./evaluator/kernel.js").then(({ startKernel }) => startKernel(protocol));
} else {
  process.stderr.write("Usage: node main.js <connection file>. Jupyter starts the kernel: `npx tskeras lab`.\n");
  process.exitCode = 2;
}
