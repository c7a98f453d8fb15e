import assert from "node:assert/strict";

/** Asserts that numbers, nested alike, agree to within a relative `tolerance` (and a small absolute one). */
export function assertClose(actual: unknown, expected: unknown, tolerance = 1e-4, where = ""): void {
  if (typeof expected === "number") {
    const room = tolerance * Math.abs(expected) + tolerance / 100;
    assert.ok(
      typeof actual === "number" && Math.abs(actual - expected) <= room,
      `${where}: expected ${expected} within ${room}, but found ${actual}`,
    );
    return;
  }
  assert.ok(Array.isArray(actual) && Array.isArray(expected), `${where}: expected a list`);
  assert.equal(actual.length, expected.length, `${where}: length`);
  for (const [i, value] of expected.entries()) assertClose(actual[i], value, tolerance, `${where}[${i}]`);
}
