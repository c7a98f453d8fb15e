import { type Callable, callable } from "../callable";
import type { Kinds, KindsOf } from "../options/kinds";

// biome-ignore lint/suspicious/noExplicitAny: every layer's constructor has parameters of its own
type LayerConstructor = (abstract new (...args: any) => object) & { readonly optionKinds?: Kinds };

type Last<T extends readonly unknown[]> = Required<T> extends readonly [...unknown[], infer Option] ? Option : never;

/** A class whose table has every option of its constructor's last parameter, and no others. */
type WithTable<C extends LayerConstructor, Options = Last<ConstructorParameters<C>>> = {
  readonly optionKinds: KindsOf<Options> & {
    readonly [Stale in Exclude<keyof C["optionKinds"], keyof Options>]: never;
  };
};

/** {@link callable} for a layer; the class does not compile if its `optionKinds` lack an option. */
export const callableLayer = <C extends LayerConstructor>(layer: C & WithTable<C>): Callable<C> => callable<C>(layer);
