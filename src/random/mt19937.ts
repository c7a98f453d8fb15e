const LENGTH = 624;
const SHIFT = 397;

/**
 * The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), the bit generator of NumPy's `RandomState`, seeded as
 * its
 * `init_genrand` does.
 *
 * @see https://doi.org/10.1145/272991.272995
 */
export class MT19937 {
  readonly #key = new Uint32Array(LENGTH);
  #position = LENGTH;

  /** @param seed an integer from 0 to 2³² - 1 */
  constructor(seed: number) {
    const key = this.#key;
    let word = seed >>> 0;
    for (let i = 0; i < LENGTH; i++) {
      key[i] = word;
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i + 1) >>> 0;
    }
  }

  /** The next 32 bits, as an unsigned integer. */
  uint32(): number {
    if (this.#position === LENGTH) this.#refill();
    let bits = this.#key[this.#position++]!;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  }

  /** A float in [0, 1) with 53 random bits. */
  double(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** An integer from 0 to `max` (included), drawn by masking and rejecting as NumPy's legacy generator does. */
  interval(max: number): number {
    if (max === 0) return 0;
    const mask = 2 ** (32 - Math.clz32(max)) - 1;
    let value: number;
    do value = (this.uint32() & mask) >>> 0;
    while (value > max);
    return value;
  }

  #refill(): void {
    const key = this.#key;
    for (let i = 0; i < LENGTH; i++) {
      const next = key[(i + 1) % LENGTH]!;
      const mixed = (key[i]! & 0x80000000) | (next & 0x7fffffff);
      key[i] = key[(i + SHIFT) % LENGTH]! ^ (mixed >>> 1) ^ (next & 1 ? 0x9908b0df : 0);
    }
    this.#position = 0;
  }
}
