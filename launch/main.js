// The only JavaScript that runs before anything is installed: npm start, npm test and npm run notebooks come in here.
const sentence = require("./node_version.js")(process.version);
if (sentence) {
  console.error(sentence);
  process.exit(1);
}
require("./prepare.js")();

const path = require("node:path");
const { spawn } = require("node:child_process");
const root = path.dirname(__dirname);
const command = process.argv[2];
const args = process.argv.slice(3);
const cli = path.join(root, "dist", "kernel", "cli", "main.js");
const programs = {
  start: [cli, "lab", path.join(root, "notebooks")],
  notebooks: [cli, "run"],
  test: [path.join(root, "dist", "test", "main.js")],
};

const child = spawn(process.execPath, programs[command].concat(args), { stdio: "inherit" });
// Ctrl-C reaches the child by itself; it asks its own question and decides when to end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(signal ? 1 : code));
