import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PNG } from "pngjs";
import { type Axes, figure, plot, scatter, subplots, type VegaLiteFigure } from "../../src/charts";
import { withDots } from "../../src/charts/dots";
import { type Point, thinLine } from "../../src/charts/series";
import { hasFonts, svgToPng } from "../../src/charts/svg_to_png";
import { toSvg } from "../../src/charts/vega_drawing";

/** Numbers between 0 and 1 that are the same in every run. */
function numbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.abs(Math.sin(seed + i * 12.9898) * 43758.5453) % 1);
}

/** How far two pictures of one size are apart, 0 to 255, on average. */
function difference(one: Buffer, other: Buffer): number {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
  assert.deepEqual([a.width, a.height], [b.width, b.height]);
  return a.data.reduce((sum, value, index) => sum + Math.abs(value - (b.data[index] ?? 0)), 0) / a.data.length;
}

describe("thousands of points", () => {
  const x = numbers(4000, 1);
  const y = numbers(4000, 2);
  const charts: readonly [string, () => Axes | VegaLiteFigure][] = [
    ["points", () => scatter(x, y)],
    ["points with a name and a line over them", () => plot(x, y, "ro").plot([0, 1], "k--").title("제목")],
    ["see-through points in a legend", () => scatter(x, y, { label: "점", alpha: 0.2, color: "seagreen" })],
    ["points that the limits cut", () => figure({ xlim: [0.3, 0.6], ylim: [0.2, 0.9] }).scatter(x, y)],
    ["points on a logarithmic scale", () => figure({ xscale: "log" }).scatter(x, y)],
    ["points with gaps", () => scatter(x, [Number.NaN, ...y.slice(1)])],
    [
      "points beside other charts",
      () =>
        subplots([plot(y.slice(0, 9)), figure({ yscale: "log" }).scatter(x, y, { label: "점" }), scatter(y, x)], {
          title: "셋",
        }),
    ],
  ];
  for (const [name, make] of charts) {
    test(`${name} look as Vega draws them`, async () => {
      const chart = make();
      const apart = difference(await chart.toPng(), svgToPng(await chart.toSvg()));
      assert.ok(apart < 1.5, `${apart} apart`);
      assert.match(await withDots(chart.spec), /<image /, "the points are not one picture");
      const empty = make();
      const without = svgToPng((await empty.toSvg()).replaceAll(/<g class="mark-symbol role-mark.*?<\/g>/gs, ""));
      assert.ok(difference(await chart.toPng(), without) > 10, "the points make no difference");
    });
  }

  test("a long line keeps its picture with a point or four for each pixel", async () => {
    const wave = numbers(20_000, 3).map((noise, i) => Math.sin(i / 900) + noise / 5);
    wave[7000] = Number.NaN;
    const points = wave.map((value, i): Point => ({ x: i, y: Number.isNaN(value) ? null : value }));
    const thin = thinLine(points, 440);
    assert.ok(thin.length <= 4 * 441 + 1, `${thin.length} points`);
    assert.ok(thin.some(({ y: value }) => value === null));
    const chart = plot(wave);
    const whole = { ...chart.spec, layer: [{ ...(chart.spec.layer?.[0] as object), data: { values: points } }] };
    const apart = difference(await chart.toPng(), svgToPng(await toSvg(whole)));
    assert.ok(apart < 1.5, `${apart} apart`);
  });

  test("a line that turns back keeps every point", () => {
    const spiral = Array.from({ length: 9000 }, (_, i): Point => ({ x: Math.cos(i), y: Math.sin(i) }));
    assert.equal(thinLine(spiral, 440).length, 9000);
  });

  test("what lies beside the picture is left out", async () => {
    const aside = figure({ xlim: [10, 20], ylim: [0, 1] })
      .plot([0, 1], [0, 1], "bo-")
      .scatter([0, 15], [0.5, 0.5]);
    const inside = figure({ xlim: [10, 20], ylim: [0, 1] }).scatter([15], [0.5], { color: "#ff7f0e" });
    assert.ok(difference(await aside.toPng(), await inside.toPng()) < 0.1);
  });

  test("a minus sign is as thin as a plus sign's bar", { skip: !hasFonts() && "no fonts here" }, () => {
    const height = (text: string) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><text x="5" y="45" font-size="40" font-family="Helvetica, Arial">${text}</text></svg>`;
      const { data, width } = PNG.sync.read(svgToPng(svg));
      // The left part of the sign, where a plus has its bar only.
      const column = data.filter((_, index) => index % 4 === 0 && Math.floor(index / 4) % width === 11);
      return column.filter((value) => value < 128).length;
    };
    assert.ok(height("+") > 0);
    assert.ok(Math.abs(height("\u2212") - height("+")) <= 1, `${height("\u2212")} rows, but ${height("+")} in +`);
  });
});
