import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PNG } from "pngjs";
import { tf } from "../../src";
import { activationMaps, filters, type ImageFigure, imageGrid, imshow, predictions } from "../../src/charts";
import { colormap } from "../../src/charts/colormap";
import { hasFonts } from "../../src/charts/svg_to_png";

/** The color of the pixel at (x, y), as `#rrggbb`. */
function pixel(figure: ImageFigure, x: number, y: number): string {
  const { width, data } = PNG.sync.read(figure.png);
  return `#${data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3).toString("hex")}`;
}

const square = [
  [0, 1],
  [2, 4],
];

describe("images", () => {
  test("each value is a square of whole pixels", () => {
    const image = imshow(square, { cmap: "gray", scale: 8 });
    assert.deepEqual([image.width, image.height], [16, 16]);
    for (const [x, y] of [
      [0, 0],
      [7, 7],
    ] as const)
      assert.equal(pixel(image, x, y), "#000000");
    for (const [x, y] of [
      [8, 8],
      [15, 15],
    ] as const)
      assert.equal(pixel(image, x, y), "#ffffff");
    assert.equal(pixel(image, 8, 7), "#404040");
  });

  test("gray_r turns them round, vmin and vmax set the range", () => {
    assert.equal(pixel(imshow(square, { cmap: "gray_r", scale: 1 }), 0, 0), "#ffffff");
    assert.equal(pixel(imshow(square, { cmap: "gray", scale: 1, vmin: 0, vmax: 2 }), 0, 1), "#ffffff");
    assert.equal(pixel(imshow(square, { cmap: "gray", scale: 1, vmin: 2, vmax: 4 }), 1, 0), "#000000");
  });

  test("color maps are matplotlib's", () => {
    // matplotlib.colormaps[name](0) and (255)
    const ends = {
      viridis: ["440154", "fde725"],
      magma: ["000004", "fcfdbf"],
      plasma: ["0d0887", "f0f921"],
      gray: ["000000", "ffffff"],
    };
    for (const [name, [first, last]] of Object.entries(ends)) {
      const table = Buffer.from(colormap(name));
      assert.equal(table.subarray(0, 3).toString("hex"), first);
      assert.equal(table.subarray(-3).toString("hex"), last);
      assert.equal(
        Buffer.from(colormap(`${name}_r`))
          .subarray(0, 3)
          .toString("hex"),
        last,
      );
    }
  });

  test("colors are 0-255 in whole numbers and 0-1 in fractions", () => {
    const red = [[[1, 0, 0.5]]];
    assert.equal(pixel(imshow(tf.tensor(red), { scale: 1 }), 0, 0), "#ff0080");
    assert.equal(pixel(imshow(tf.tensor([[[255, 0, 128]]], [1, 1, 3], "int32"), { scale: 1 }), 0, 0), "#ff0080");
  });

  test("a grid has its columns, and the images their places", () => {
    const images = tf.tensor([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 2, 2], "int32");
    const grid = imageGrid(images, { cmap: "gray", ncols: 2, scale: 3 });
    assert.deepEqual([grid.width, grid.height], [2 * 6 + 6, 2 * 6 + 6]);
    assert.equal(pixel(grid, 12, 0), "#000000"); // the second image's first pixel
    assert.equal(pixel(grid, 17, 5), "#ffffff"); // and its last
    assert.equal(pixel(grid, 8, 8), "#ffffff"); // the gap
    assert.equal(grid.describe(), "Figure: 3 images of 2×2");
  });

  test("labels are written and the images stay crisp", () => {
    const grid = imageGrid([square, square], { cmap: "gray", scale: 40, labels: ["한글 <b>", 7] });
    assert.equal(grid.height, 80 + 18);
    assert.equal(pixel(grid, 39, 39), "#000000");
    assert.equal(pixel(grid, 40, 40), "#ffffff");
    const { data } = PNG.sync.read(grid.png);
    const below = data.subarray(4 * 80 * grid.width).filter((value, index) => index % 4 === 0 && value < 128).length;
    if (hasFonts()) assert.ok(below > 20, "no label was written");
  });

  test("long labels and titles have room, and endless ones lose their end", () => {
    const of = (labels: readonly string[], title?: string) =>
      imageGrid([square, square], { scale: 20, labels, ...(title !== undefined && { title }) });
    const short = of(["a", "b"]);
    assert.equal(short.width, 40 + 6 + 40);
    const long = of(["T-shirt/top 27% (Ankle boot)", "b"]);
    assert.ok(long.width > 300 && long.width < 400, `${long.width} pixels`);
    assert.equal(pixel(long, Math.floor(long.width / 4) - 10, 30), pixel(short, 10, 30), "not in the middle");
    assert.ok(of(["a", "b"], "a title that is wider than two images").width > short.width);
    assert.ok(of(["a".repeat(999), "b"], "c".repeat(999)).width <= 900);
  });

  test("three filters are no colors", () => {
    assert.equal(filters(tf.ones([3, 3, 1, 3]), { scale: 1 }).describe(), "Figure: 3 images of 3×3");
    assert.equal(activationMaps(tf.ones([1, 4, 5, 3]), { scale: 1 }).describe(), "Figure: 3 images of 4×5");
  });

  test("predictions say class, probability and what is right", () => {
    const shown = predictions(
      tf.zeros([2, 4, 4, 1]),
      tf.tensor2d([
        [0.9, 0.1],
        [0.4, 0.6],
      ]),
      { yTrue: [0, 0], classes: ["티셔츠", "바지"] },
    );
    assert.equal(shown.describe(), "Figure: 2 images of 4×4: 티셔츠 90%, 바지 60% (티셔츠)");
  });

  test("no tensor is left behind", () => {
    const before = tf.memory().numTensors;
    imageGrid([square, square]);
    assert.equal(tf.memory().numTensors, before);
  });
});
