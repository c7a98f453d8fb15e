import { randomInt } from "node:crypto";
import * as kinds from "../options/kinds";
import { checked } from "../options/options";

let state = randomInt(2 ** 31);

const seedKind = kinds.number({ min: 0, max: 0xffffffff, whole: true });

/** Restarts the sequence of {@link nextSeed}. */
export function seedAll(seed: number): void {
  state = checked("setRandomSeed()", "seed", seed, seedKind);
}

/** A seed for one use (an initializer, an epoch's shuffle), from 0 to 2³¹ − 1; splitmix32 of the global one. */
export function nextSeed(): number {
  state = (state + 0x9e3779b9) | 0;
  let mixed = state ^ (state >>> 16);
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 1;
}

/** A generator of uniform numbers in [0, 1) with 32 bits each (mulberry32): fast, and the same on every machine. */
export function uniform(seed: number): () => number {
  let counter = seed | 0;
  return () => {
    counter = (counter + 0x6d2b79f5) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 15), counter | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
