/** The kernel's process: `node main.js <connection file>`. */

import "./compile_cache";
import { startKernel } from "./evaluator/kernel";

const [connectionFile] = process.argv.slice(2);
if (connectionFile) startKernel(connectionFile);
else {
  process.stderr.write("Usage: node main.js <connection file>. Jupyter starts the kernel: `npx tskeras lab`.\n");
  process.exitCode = 2;
}
