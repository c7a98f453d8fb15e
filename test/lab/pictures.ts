import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PNG } from "pngjs";
import { packageRoot } from "../../kernel/cli/places";

/** `TSKERAS_UPDATE_PICTURES=1 npm test -- lab/pictures` stores what is painted now; look at it before committing it. */
const updating = process.env["TSKERAS_UPDATE_PICTURES"] === "1";

const folder = path.join(packageRoot, "test", "lab", "pictures");
const storedWidth = 240;
/** Pictures are compared by the mean colors of so many squares in a row: fonts differ from machine to machine. */
const squares = 40;

/** The picture that is stored under a name; while updating, the one that is given is stored first. */
export function storedPicture(name: string, painted?: Buffer): PNG {
  const file = path.join(folder, `${name}.png`);
  if (updating && painted)
    writeFileSync(file, PNG.sync.write(shrink(PNG.sync.read(painted), storedWidth), { colorType: 2 }));
  if (!existsSync(file)) throw new Error(`There is no ${file}. TSKERAS_UPDATE_PICTURES=1 stores it.`);
  return PNG.sync.read(readFileSync(file));
}

/** How far two pictures are apart: 0 for the same, 255 for black and white; infinite for those of other proportions. */
export function apart(one: PNG, other: PNG): number {
  const [a, b] = [shrink(one, squares), shrink(other, squares)];
  const proportion = a.height / b.height;
  if (proportion > 1.15 || proportion < 1 / 1.15) return Number.POSITIVE_INFINITY;
  const size = 4 * squares * Math.min(a.height, b.height);
  let sum = 0;
  for (let at = 0; at < size; at++) sum += ((a.data[at] ?? 0) - (b.data[at] ?? 0)) ** 2;
  return Math.sqrt(((4 / 3) * sum) / size); // the root of the mean square; every alpha is the same
}

/** The mean of red, green and blue of a whole picture. */
export function brightness(png: Buffer): number {
  const { data } = shrink(PNG.sync.read(png), 1);
  return ((data[0] ?? 0) + (data[1] ?? 0) + (data[2] ?? 0)) / 3;
}

/** The brightness of a picture's left upper corner, where nothing is drawn. */
export function corner(png: Buffer): number {
  const { data, width } = PNG.sync.read(png);
  const at = 4 * (2 * width + 2);
  return ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
}

/** A smaller picture: each pixel is the mean of those that it stands for. */
function shrink(png: PNG, width: number): PNG {
  const scale = png.width / width;
  const height = Math.max(1, Math.round(png.height / scale));
  const small = new PNG({ width, height });
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const sum = [0, 0, 0];
      let count = 0;
      const bottom = Math.min(png.height, Math.ceil((row + 1) * scale));
      const right = Math.min(png.width, Math.ceil((column + 1) * scale));
      for (let y = Math.floor(row * scale); y < bottom; y++) {
        for (let x = Math.floor(column * scale); x < right; x++) {
          for (const c of [0, 1, 2]) sum[c] = (sum[c] ?? 0) + (png.data[4 * (y * png.width + x) + c] ?? 0);
          count++;
        }
      }
      small.data.set([...sum.map((value) => Math.round(value / Math.max(1, count))), 255], 4 * (row * width + column));
    }
  }
  return small;
}
