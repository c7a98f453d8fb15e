import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { fixed, scientific } from "../../src/display/decimals";

describe("numbers are written as Python writes them", () => {
  const values = [
    0.40625,
    0.40624,
    0.5,
    1.5,
    2.5,
    -0.40625,
    0.15625,
    1.125,
    2 ** -13,
    3 * 2 ** -13,
    0.1,
    123456.78125,
    0,
  ];
  for (const [name, write] of [
    ["f", fixed],
    ["e", scientific],
  ] as const) {
    for (const digits of [0, 2, 4]) {
      test(`.${digits}${name}`, () => {
        const program = `import json,sys; print(json.dumps([format(v, ".${digits}${name}") for v in json.load(sys.stdin)]))`;
        const { stdout } = spawnSync("python3", ["-c", program], { input: JSON.stringify(values), encoding: "utf8" });
        assert.deepEqual(
          values.map((value) => write(value, digits)),
          JSON.parse(stdout),
        );
      });
    }
  }
});
