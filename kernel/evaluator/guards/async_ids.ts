import { natives } from "./natives";

const { apply } = Reflect;

/** How Node 20 and 22 remember whether to check their stack. */
interface AsyncWrap {
  readonly async_hook_fields: Uint32Array;
  readonly constants: { readonly kTotals: number; readonly kCheck: number };
}

/**
 * Node's stack of the ids of what runs asynchronously. Code that V8 terminates leaves its entries there, and Node ends the
 * process when it finds them.
 */
export class AsyncIds {
  readonly #wrap = asyncWrap();
  /** What Node is to remember again when it may look. */
  #unchecked: { readonly totals: number; readonly check: number } | undefined;
  /** Only the handling of an uncaught exception empties the stack: this one, of which nobody is to hear. */
  readonly #emptying = new natives.Error("empties the stack of async ids");
  readonly #handle = (natives.process as unknown as { _fatalException?: (error: Error) => boolean })._fatalException;

  /** Whether an uncaught exception is none. */
  isOwn(error: unknown): boolean {
    return error === this.#emptying;
  }

  /** Before a termination. */
  expectTermination(): void {
    this.#empty();
    if (this.#unchecked || !this.#wrap) return;
    const { fields, totals, check } = this.#wrap;
    this.#unchecked = { totals: fields[totals]!, check: fields[check]! };
    fields[totals] = 0;
    fields[check] = 0;
  }

  /** Empties the stack after it, and lets Node check it again. */
  recover(): void {
    if (!this.#unchecked || !this.#wrap) return;
    this.#empty();
    const { fields, totals, check } = this.#wrap;
    fields[totals] = this.#unchecked.totals;
    fields[check] = this.#unchecked.check;
    this.#unchecked = undefined;
  }

  #empty(): void {
    if (this.#handle) apply(this.#handle, natives.process, [this.#emptying]);
  }
}

/** Later Nodes do without (`AsyncContextFrame`), and know no such module. */
function asyncWrap(): { readonly fields: Uint32Array; readonly totals: number; readonly check: number } | undefined {
  if (Number.parseInt(natives.process.versions.node, 10) >= 24) return undefined;
  const { binding } = natives.process as unknown as { binding(name: "async_wrap"): AsyncWrap };
  const { async_hook_fields: fields, constants } = binding.call(natives.process, "async_wrap");
  return { fields, totals: constants.kTotals, check: constants.kCheck };
}
