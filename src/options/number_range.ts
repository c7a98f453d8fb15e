/** Which numbers an option takes. */
export interface NumberRange {
  /** The smallest number allowed. */
  readonly min?: number;
  /** The largest number allowed. */
  readonly max?: number;
  /** The number must be greater than this. */
  readonly above?: number;
  /** The number must be less than this. */
  readonly below?: number;
  readonly whole?: boolean;
}

/** A range in words: `"a whole number of 1 or more"`, `"a number from 0 to below 1"`. */
export function rangeText({ min, max, above, below, whole = false }: NumberRange): string {
  const kind = whole ? "a whole number" : "a number";
  const end = max !== undefined ? `${max}` : below !== undefined ? `below ${below}` : undefined;
  if (min !== undefined) return end === undefined ? `${kind} of ${min} or more` : `${kind} from ${min} to ${end}`;
  if (above !== undefined) return end === undefined ? `${kind} above ${above}` : `${kind} above ${above}, up to ${end}`;
  if (max !== undefined) return `${kind} of ${max} or less`;
  return below === undefined ? kind : `${kind} below ${below}`;
}
