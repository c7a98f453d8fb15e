import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { cacheFolder, onPath } from "./places";
import { ensureEnvironment, labPackages } from "./python";
import { UserError } from "./user_error";

const tensorflow = "tensorflow-cpu==2.21.0";

/** Something the build needs is missing: Linux, a compiler, or the network. */
export class Unavailable extends UserError {}

/**
 * `tskeras native [--uninstall]`: builds the native part of `@tensorflow/tfjs-node` where its own install script cannot
 * download it. The npm package contains the C++ source, and TensorFlow's Python wheel contains libtensorflow; the wheel is
 * only unpacked. The result is cached per user and version, and linked into the package.
 *
 * @throws UserError if tfjs-node or a compiler is missing, or the wheel cannot be downloaded.
 */
export function native(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { uninstall: { type: "boolean" } } });
  const addon = findAddon();
  const cache = cacheOf(addon);
  if (values.uninstall) {
    rmSync(addon.binding, { force: true });
    rmSync(cache, { recursive: true, force: true });
    console.log(`Removed tfjs-node's native part from ${cache}.`);
    return 0;
  }
  const built = buildAddon(addon);
  mkdirSync(path.dirname(addon.binding), { recursive: true });
  rmSync(addon.binding, { force: true });
  symlinkSync(built, addon.binding);
  console.log(
    `tfjs-node ${addon.version} now computes with the libtensorflow in ${cache}. Undo with tskeras native --uninstall.`,
  );
  return 0;
}

/**
 * Builds the addon into the cache, if it is not there yet.
 *
 * @returns the addon's path.
 * @throws Unavailable if something the build needs is missing; UserError if the compiler fails.
 */
export function buildAddon(addon: Addon = findAddon()): string {
  const cache = cacheOf(addon);
  const built = path.join(cache, "tfjs_binding.node");
  if (!existsSync(built)) build(addon.folder, cache);
  return built;
}

interface Addon {
  readonly folder: string;
  readonly version: string;
  /** Where tfjs-node looks for its native part. */
  readonly binding: string;
}

function cacheOf({ version }: Addon): string {
  return cacheFolder(`tfjs-node-${version}-${tensorflow.replace("==", "-")}`);
}

function findAddon(): Addon {
  if (process.platform !== "linux") {
    throw new Unavailable(
      "tskeras native builds on Linux only. Elsewhere run `npm rebuild @tensorflow/tfjs-node --ignore-scripts=false`, which downloads.",
    );
  }
  try {
    const manifest = require.resolve("@tensorflow/tfjs-node/package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    const locate = createRequire(manifest)("@mapbox/node-pre-gyp") as { find(manifest: string): string };
    return { folder: path.dirname(manifest), version, binding: locate.find(manifest) };
  } catch {
    throw new Unavailable(
      "The optional package @tensorflow/tfjs-node is not installed: run npm install without --omit=optional.",
    );
  }
}

function build(source: string, cache: string): void {
  const compiler = [process.env["CXX"] ?? "", "g++", "clang++"].find((name) => name !== "" && onPath(name));
  if (!compiler) {
    throw new Unavailable(
      "There is no C++ compiler on your PATH: install one (Debian and Ubuntu: sudo apt install g++) and run this again.",
    );
  }
  mkdirSync(path.dirname(cache), { recursive: true });
  const folder = mkdtempSync(`${cache}-`); // renamed when complete, so that an interrupted build leaves nothing behind
  try {
    unpackTensorflow(folder);
    console.log("Compiling tfjs-node's native part …");
    const include = path.join(folder, "tensorflow", "include");
    const napi = path.join(path.dirname(require.resolve("node-api-headers/package.json")), "include");
    step(compiler, [
      ...["-shared", "-fPIC", "-O2", "-std=c++17", "-DNAPI_VERSION=8", "-DBUILDING_NODE_EXTENSION"],
      ...[include, napi, source].flatMap((headers) => ["-I", headers]),
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => path.join(source, "binding", file)),
      ...["-L", path.join(folder, "tensorflow"), "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"],
      ...["-Wl,-rpath,$ORIGIN/tensorflow", "-o", path.join(folder, "tfjs_binding.node")],
    ]);
    rmSync(include, { recursive: true });
    // Another process may have built it meanwhile.
    if (!existsSync(cache)) renameSync(folder, cache);
    else rmSync(folder, { recursive: true });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Extracts the wheel's two libraries and C headers into `folder/tensorflow`. They are the same for every Python version. */
function unpackTensorflow(folder: string): void {
  const python = ensureEnvironment(labPackages);
  console.log(`Fetching ${tensorflow} (270 MB; 900 MB unpacked) …`);
  try {
    step(python, [
      ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"],
      ...["--python-version", "3.11", "--dest", folder, tensorflow],
    ]);
  } catch (error) {
    throw new Unavailable(
      `${tensorflow} cannot be fetched from the Python package index:\n${(error as Error).message}`,
    );
  }
  const wheel = path.join(folder, readdirSync(folder).find((name) => name.endsWith(".whl")) ?? "");
  const unpack = `
import sys, zipfile
wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith(("tensorflow/libtensorflow", "tensorflow/include/")):
            archive.extract(name, folder)`;
  step(python, ["-c", unpack, wheel, folder]);
  rmSync(wheel);
}

function step(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "inherit", "pipe"] });
  if (status !== 0) throw new UserError(`${stderr.trim()}\n${path.basename(program)} stopped with the message above.`);
}
