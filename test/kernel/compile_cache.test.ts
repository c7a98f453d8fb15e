import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const cache = mkdtempSync(join(tmpdir(), "compiled-"));
after(() => rmSync(cache, { recursive: true }));

/** A new process loads TypeScript's compiler, uses it, and keeps it. */
function run(home: string): string {
  const program = `
    const keep = require("./compile_cache").loadKept("typescript6");
    const ts = require("typescript6");
    process.stdout.write(ts.transpile("let a: number = 1", { target: "esnext" }));
    keep();`;
  const env = { ...process.env, XDG_CACHE_HOME: home };
  return execFileSync(process.execPath, ["-e", program], {
    cwd: join(__dirname, "../../kernel"),
    env,
    encoding: "utf8",
  });
}

const kept = (): string => {
  const folder = join(cache, "tskeras", "compiled");
  const files = readdirSync(folder);
  assert.equal(files.length, 1);
  return join(folder, String(files[0]));
};

test("V8's code of TypeScript's compiler is kept, and used as it is", () => {
  assert.match(run(cache), /let a = 1/);
  const code = readFileSync(kept());
  assert.match(run(cache), /let a = 1/);
  assert.deepEqual(readFileSync(kept()), code);
});

for (const [name, damage] of Object.entries({
  "cut off": (code: Buffer) => code.subarray(0, code.length / 2),
  empty: () => Buffer.alloc(0),
  "of another version": (code: Buffer) => Buffer.concat([Buffer.alloc(64, 7), code.subarray(64)]),
}))
  test(`code that is ${name} is not used, and written anew`, () => {
    const code = readFileSync(kept());
    writeFileSync(kept(), damage(code));
    assert.match(run(cache), /let a = 1/);
    assert.ok(readFileSync(kept()).length > code.length / 2);
    assert.notDeepEqual(readFileSync(kept()), damage(code));
  });

test("a cache that cannot be written costs only the time", () => {
  const file = join(cache, "a file");
  writeFileSync(file, "");
  assert.match(run(file), /let a = 1/);
});
