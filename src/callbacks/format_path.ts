import { fixed, scientific } from "../display/decimals";

/**
 * A path with its placeholders filled in as Python's `str.format` does: `"{epoch:02d}-{val_loss:.2f}.keras"` → `"03-0.41.keras"`.
 *
 * @throws Error for a name that has no value, or a format that is not known
 */
export function formatPath(who: string, template: string, values: { readonly [name: string]: number }): string {
  return template.replaceAll(/\{([^{}:]*)(?::([^{}]*))?\}/g, (place, name: string, spec = "") => {
    const value = values[name];
    if (value === undefined) {
      throw new Error(
        `${who} cannot fill in ${place} of "${template}": there is no "${name}". Known are ${Object.keys(values).join(", ")}.`,
      );
    }
    const [, zero, width = "", digits, kind] = /^(0?)(\d*)(?:\.(\d+))?([dfeg%]?)$/.exec(spec) ?? [];
    if (kind === undefined) throw new Error(`${who} does not know the format "${spec}" of ${place} in "${template}".`);
    return text(value, kind, digits).padStart(Number(width), zero === "0" ? "0" : " ");
  });
}

function text(value: number, kind: string, digits: string | undefined): string {
  const places = digits === undefined ? 6 : Number(digits);
  if (kind === "f") return fixed(value, places);
  if (kind === "%") return `${fixed(100 * value, places)}%`;
  if (kind === "e") return scientific(value, places);
  if (kind === "g" || (kind === "" && digits !== undefined)) return String(Number(value.toPrecision(places || 1)));
  return String(value);
}
