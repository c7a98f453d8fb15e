import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The numbers that Keras, NumPy or scikit-learn gave: `goldens("training")` reads `training.json` in `$GOLDENS_DIR`. */
export function goldens<T>(name: string): T {
  const folder = process.env["GOLDENS_DIR"] ?? join(__dirname, "../../test/goldens");
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as T;
}
