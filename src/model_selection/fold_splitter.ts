import * as kinds from "../options/kinds";
import { checked, checkOptions } from "../options/options";
import { checkRandomState, type RandomState, randomState } from "../random";

/** How {@link KFold} and {@link StratifiedKFold} assign rows to folds. */
export interface KFoldOptions {
  /** Whether to shuffle the rows first. Default false: each fold is a block. */
  readonly shuffle?: boolean;
  /** A seed or a generator for the shuffle. Default the shared generator, which `keras.utils.setRandomSeed` seeds. */
  readonly randomState?: number | RandomState | null;
}

/** What {@link KFoldOptions} may be. */
export const foldKinds: kinds.KindsOf<KFoldOptions> = { shuffle: kinds.boolean, randomState };

/** How many folds there may be. */
export const foldCount: kinds.Kind = {
  ...kinds.number({ min: 2, whole: true }),
  expected: "a whole number of folds, 2 or more,",
};

/** Base of the classes that split rows into folds. */
export abstract class FoldSplitter {
  static readonly className: string = "FoldSplitter";
  readonly #options: KFoldOptions;

  /**
   * @param nSplits the number of folds, 2 or more. Default 5
   * @param options whether and how to shuffle
   */
  constructor(
    readonly nSplits = 5,
    options: KFoldOptions = {},
  ) {
    const where = `${new.target.className}()`;
    checkOptions(where, options, foldKinds);
    checked(where, "nSplits", nSplits, foldCount);
    if (options.shuffle !== true && options.randomState !== undefined && options.randomState !== null) {
      throw new TypeError(
        `${where} has a randomState but does not shuffle. Add shuffle: true, or leave randomState out.`,
      );
    }
    this.#options = options;
  }

  /** The generator to shuffle with; undefined if the rows keep their order. */
  protected get random(): RandomState | undefined {
    return this.#options.shuffle === true ? checkRandomState(this.#options.randomState) : undefined;
  }
}
