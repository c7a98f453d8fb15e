const fs = require("node:fs");
const path = require("node:path");
const { spawnSync } = require("node:child_process");

const root = path.dirname(__dirname);
const lock = path.join(root, "package-lock.json");
const installed = path.join(root, "node_modules", ".package-lock.json");
const stamp = path.join(root, "dist", ".built");

/** Installs the packages if the lock file is newer than they are, and builds if a source is newer than the build. */
module.exports = function prepare() {
  if (time(installed) < time(lock)) install();
  if (time(stamp) < newest(["src", "kernel", "test", "bench", "tsconfig.json", "package.json"])) build();
};

function install() {
  console.log("Installing the npm packages (once; a minute or two) …");
  const { status, stderr } = npm(fs.existsSync(installed) ? "install" : "ci", ["ignore", "inherit", "pipe"]);
  if (status !== 0) {
    if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH/.test(stderr)) {
      fail(
        "The npm registry cannot be reached: connect to the network, or tell npm your proxy (npm config set proxy URL), and run the command again. Only the first start needs it.",
      );
    }
    fail(`${stderr}\nnpm could not install the packages: see its message above.`);
  }
  fs.utimesSync(installed, new Date(), new Date());
}

function build() {
  console.log("Building …");
  if (npm("run build --silent", "inherit").status !== 0) {
    fail(
      "The build stopped at the errors above. In an unchanged checkout: delete node_modules and dist and run the command again.",
    );
  }
  fs.writeFileSync(stamp, "");
}

function npm(command, stdio) {
  const options = { cwd: root, stdio, encoding: "utf8" };
  // npm tells where it is, which saves looking for npm.cmd on Windows.
  const program = process.env.npm_execpath;
  const args = command.split(" ");
  if (program) return spawnSync(process.execPath, [program, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

function newest(names) {
  let latest = 0;
  for (const name of names) {
    const file = path.join(root, name);
    latest = Math.max(latest, time(file));
    if (fs.statSync(file).isDirectory()) {
      for (const entry of fs.readdirSync(file, { recursive: true }))
        latest = Math.max(latest, time(path.join(file, entry)));
    }
  }
  return latest;
}

function time(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}
