import * as tf from "@tensorflow/tfjs-core";
import { isRows } from "../backend/rows";
import { describe } from "../options/options";
import type { Data } from "./data";

/** Batches made one after the other: `[x, y]` or `[x, y, sampleWeight]`. */
export type Batches = Iterable<Batch> | AsyncIterable<Batch> | (() => Iterator<Batch> | AsyncIterator<Batch>);

/** One batch of a generator; a tensor alone is for `predict`. */
export type Batch = readonly [x: Data, y?: Data, sampleWeight?: Data] | tf.Tensor;

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

/** Whether the data comes in batches rather than as arrays. */
export function isBatches(data: unknown): data is Batches {
  if (isRows(data)) return false;
  if (typeof data === "function") return true;
  return (
    typeof data === "object" &&
    data !== null &&
    (Symbol.iterator in data || Symbol.asyncIterator in data || "iterator" in data)
  );
}

/** The batches of a generator, an iterable, or a `tf.data` dataset, from the start. */
export async function openBatches(data: Batches): Promise<AnyIterator> {
  if (typeof data === "function") return openOrIterator(await data());
  if ("iterator" in data) return await (data as { iterator(): Promise<AsyncIterator<unknown>> }).iterator();
  return openOrIterator(data);
}

function openOrIterator(data: object): AnyIterator {
  if (Symbol.asyncIterator in data) return (data as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  if (Symbol.iterator in data) return (data as Iterable<unknown>)[Symbol.iterator]();
  return data as Iterator<unknown>;
}

/** A batch of a generator by its parts. */
export function partsOf(
  batch: unknown,
  what: string,
): { x: Data; y?: Data | undefined; sampleWeight?: Data | undefined } {
  if (Array.isArray(batch) && batch.length >= 1 && batch.length <= 3) {
    const [x, y, sampleWeight] = batch as [Data, Data?, Data?];
    return { x, y, sampleWeight };
  }
  // The form of tf.data: { xs, ys }.
  if (typeof batch === "object" && batch !== null && "xs" in batch) {
    const { xs, ys } = batch as { xs: Data; ys?: Data };
    return { x: xs, y: ys };
  }
  if (batch instanceof tf.Tensor) return { x: batch };
  throw new TypeError(
    `Expected batches [x, y] or [x, y, sampleWeight] from the generator given as ${what}, but found ${describe(batch)}.`,
  );
}
