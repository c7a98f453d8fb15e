import { primordials } from "./primordials";

const { apply } = Reflect;

/** Where Node 20 and 22 store whether to check their stack of async ids. */
interface AsyncWrap {
  readonly async_hook_fields: Uint32Array;
  readonly constants: { readonly kTotals: number; readonly kCheck: number };
}

/**
 * Repairs Node's stack of async ids. Code that V8 terminates leaves its entries there, and Node ends the process when it finds
 * them.
 */
export class AsyncIds {
  readonly #wrap = asyncWrap();
  /** The values to restore when Node may check again. */
  #unchecked: { readonly totals: number; readonly check: number } | undefined;
  /** Only the handling of an uncaught exception empties the stack, so this one is thrown for it and never shown. */
  readonly #emptying = new primordials.Error("empties the stack of async ids");
  readonly #handle = (primordials.process as unknown as { _fatalException?: (error: Error) => boolean })
    ._fatalException;

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

  /** Empties the stack after a termination and lets Node check it again. */
  recover(): void {
    if (!this.#unchecked || !this.#wrap) return;
    this.#empty();
    const { fields, totals, check } = this.#wrap;
    fields[totals] = this.#unchecked.totals;
    fields[check] = this.#unchecked.check;
    this.#unchecked = undefined;
  }

  #empty(): void {
    if (this.#handle) apply(this.#handle, primordials.process, [this.#emptying]);
  }
}

/** Node 24 has no such stack (it has `AsyncContextFrame`) and no such module. */
function asyncWrap(): { readonly fields: Uint32Array; readonly totals: number; readonly check: number } | undefined {
  if (Number.parseInt(primordials.process.versions.node, 10) >= 24) return undefined;
  const { binding } = primordials.process as unknown as { binding(name: "async_wrap"): AsyncWrap };
  const { async_hook_fields: fields, constants } = binding.call(primordials.process, "async_wrap");
  return { fields, totals: constants.kTotals, check: constants.kCheck };
}
