import { readFile } from "node:fs/promises";
import type * as tf from "@tensorflow/tfjs-core";
import { storedTensor } from "../backend/stored_tensor";
import { libraries } from "../libraries";
import * as kinds from "../options/kinds";
import { checked, checkOptions, didYouMean } from "../options/options";

/** How a table is read. */
export interface ReadCsvOptions {
  /** The text between two cells. Default `","`. */
  readonly delimiter?: string;
  /** Whether the first line has the names of the columns. Default true; otherwise they are called `"0"`, `"1"` and so on. */
  readonly header?: boolean;
}

const optionKinds: kinds.KindsOf<ReadCsvOptions> = { delimiter: kinds.name, header: kinds.boolean };

const missing = new Set(["", "na", "n/a", "nan", "null", "none"]);
const isMissing = (cell: string) => missing.has(cell.trim().toLowerCase());
const isNumber = (cell: string) => isMissing(cell) || !Number.isNaN(Number(cell));

/** A table of text and numbers, column by column. */
export class CsvTable {
  /** The names of the columns, from left to right. */
  readonly columns: readonly string[];
  /** The number of rows. */
  readonly length: number;
  readonly #rows: readonly (readonly string[])[];
  readonly #path: string;

  constructor(path: string, columns: readonly string[], rows: readonly (readonly string[])[]) {
    this.columns = columns;
    this.length = rows.length;
    this.#rows = rows;
    this.#path = path;
  }

  /**
   * The cells of a column, as text.
   *
   * @throws RangeError if there is no such column
   */
  column(name: string): string[] {
    const index = this.columns.indexOf(name);
    if (index >= 0) return this.#rows.map((row) => row[index]!);
    throw new RangeError(
      `There is no column "${name}" in ${this.#path}. ` +
        (didYouMean(name, this.columns) || `It has ${this.columns.join(", ")}.`),
    );
  }

  /**
   * Columns of numbers as a tensor; an empty cell is NaN.
   *
   * @param names the columns, in order. Default all that hold only numbers
   * @returns float32 [rows, columns]
   * @throws TypeError if a cell holds text
   */
  toTensor(names?: readonly string[]): tf.Tensor2D {
    const wanted = names ?? this.columns.filter((name) => this.column(name).every(isNumber));
    const values = new Float32Array(this.length * wanted.length);
    wanted.forEach((name, column) => {
      this.column(name).forEach((cell, row) => {
        if (!isNumber(cell)) {
          throw new TypeError(
            `Expected numbers in column "${name}" of ${this.#path} but found "${cell}" in row ${row}. ` +
              `toLabels("${name}") numbers the words of a column.`,
          );
        }
        values[row * wanted.length + column] = isMissing(cell) ? Number.NaN : Number(cell);
      });
    });
    return storedTensor(values, [this.length, wanted.length]);
  }

  /**
   * A column of words as class numbers, in the alphabetical order of the words.
   *
   * @returns int32 [rows], and the word of each number
   */
  toLabels(name: string): [labels: tf.Tensor1D, classNames: string[]] {
    const cells = this.column(name);
    const classNames = [...new Set(cells)].sort();
    const numbers = new Map(classNames.map((word, number) => [word, number]));
    const labels = Int32Array.from(cells, (cell) => numbers.get(cell)!);
    return [storedTensor<tf.Rank.R1>(labels, [labels.length]), classNames];
  }
}

/**
 * Reads a table of comma-separated values, with quotes as in RFC 4180.
 *
 * @param path the path of the file
 * @throws Error if it cannot be read, or a row has more or fewer cells than the first
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { keras } from "tskeras";
 *
 * const path = join(tmpdir(), "flowers.csv");
 * writeFileSync(path, "length,width,kind\n5.1,3.5,setosa\n7,3.2,versicolor\n");
 * const table = await keras.utils.readCsv(path);
 * const x = table.toTensor(["length", "width"]);
 * const [y, names] = table.toLabels("kind");
 * names // [ 'setosa', 'versicolor' ]
 * ```
 */
export async function readCsv(path: string, options: ReadCsvOptions = {}): Promise<CsvTable> {
  checkOptions("readCsv()", options, optionKinds);
  checked("readCsv()", "path", path, kinds.name);
  const { delimiter = ",", header = true } = options;
  let rows: string[][];
  try {
    rows = libraries.csv.parse(await readFile(path), { bom: true, delimiter, skip_empty_lines: true });
  } catch (error) {
    throw new Error(`Could not read the table ${path}: ${(error as Error).message}`, { cause: error });
  }
  const [first = [], ...others] = rows;
  if (first.length === 0) throw new Error(`Could not read the table ${path}: it is empty.`);
  if (header) return new CsvTable(path, first, others);
  const names = first.map((_, i) => String(i));
  return new CsvTable(path, names, rows);
}
