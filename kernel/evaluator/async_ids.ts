import { natives } from "./natives";

/** What Node 20 and 22 say of their stack; how many hooks there are, and whether each entry is checked. */
interface AsyncWrap {
  readonly async_hook_fields: Uint32Array;
  readonly constants: { readonly kTotals: number; readonly kCheck: number };
}

/**
 * Node's stack of the ids of what runs asynchronously. Code that V8 terminates leaves its entries there, and Node ends the
 * process when it finds them.
 */
export class AsyncIds {
  readonly #checks = checks();
  /** What Node would find, while it must not look. */
  #unchecked: number[] | undefined;
  /** Only the handling of an uncaught exception empties the stack: this one, of which nobody is to hear. */
  readonly #emptying = new natives.Error("empties the stack of async ids");
  readonly #handle = (natives.process as unknown as { _fatalException?: (error: Error) => boolean })._fatalException;

  /** Whether an uncaught exception is none. */
  isOwn(error: unknown): boolean {
    return error === this.#emptying;
  }

  /** Before a termination. */
  expectTermination(): void {
    this.#handle?.call(natives.process, this.#emptying);
    if (this.#unchecked || !this.#checks) return;
    const { fields, indices } = this.#checks;
    this.#unchecked = indices.map((index) => fields[index] as number);
    for (const index of indices) fields[index] = 0;
  }

  /** Empties the stack after it, and lets Node check it again. */
  recover(): void {
    if (!this.#unchecked || !this.#checks) return;
    this.#handle?.call(natives.process, this.#emptying);
    const { fields, indices } = this.#checks;
    for (const [i, index] of indices.entries()) fields[index] = this.#unchecked[i] as number;
    this.#unchecked = undefined;
  }
}

/** Where Node notes whether to check; later Nodes do without (`AsyncContextFrame`), and know no such module. */
function checks(): { readonly fields: Uint32Array; readonly indices: readonly number[] } | undefined {
  if (Number.parseInt(natives.process.versions.node, 10) >= 24) return undefined;
  const { binding } = natives.process as unknown as { binding(name: "async_wrap"): AsyncWrap };
  const { async_hook_fields: fields, constants } = binding.call(natives.process, "async_wrap");
  return { fields, indices: [constants.kTotals, constants.kCheck] };
}
