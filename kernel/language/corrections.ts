import { distance } from "fastest-levenshtein";
import type { Diagnostic } from "./language_service";
import { offsetAt } from "./positions";

export interface CorrectionSource {
  /** The statement that imports a name, for each name that a known module exports. */
  imports(names: ReadonlySet<string>): Promise<ReadonlyMap<string, string>>;
  /** The texts that are allowed inside the quotes at an offset of the cell. */
  texts(offset: number): Promise<readonly string[]>;
}

/** Adds the likely correction to errors: an import for an undeclared name, or the text that was probably meant. */
export async function withCorrections(
  diagnostics: readonly Diagnostic[],
  code: string,
  source: CorrectionSource,
): Promise<readonly Diagnostic[]> {
  const names = new Set(diagnostics.flatMap((each) => missingName(each) ?? []));
  const imports = names.size ? await source.imports(names) : undefined;
  return Promise.all(
    diagnostics.map(async (each) => {
      const statement = imports?.get(missingName(each) ?? "");
      const meant = statement ?? (await meantText(each, code, source));
      return meant
        ? { ...each, message: `${each.message} Did you ${statement ? "forget" : "mean"} \`${meant}\`?` }
        : each;
    }),
  );
}

function missingName({ code, message }: Diagnostic): string | undefined {
  return code === 2304 ? /'(.+)'/.exec(message)?.[1] : undefined;
}

/** TypeScript corrects texts only where the type allows nothing else, and a loss may be a function too. */
async function meantText(
  { message, start }: Diagnostic,
  code: string,
  source: CorrectionSource,
): Promise<string | undefined> {
  const [, text = ""] = /^(?:Type|Argument of type) '"([^"\\]+)"' is not assignable/.exec(message) ?? [];
  if (!text || message.includes("Did you mean")) return undefined;
  const places = ['"', "'", "`"].map((quote) => code.indexOf(quote + text + quote, offsetAt(code, start)));
  const place = Math.min(...places.filter((each) => each >= 0));
  if (!Number.isFinite(place)) return undefined;
  const texts = await source.texts(place + 1);
  const [nearest] = texts.map((each) => ({ each, steps: steps(text, each) })).sort((a, b) => a.steps - b.steps);
  return nearest && nearest.steps <= Math.max(2, text.length / 3) ? `"${nearest.each}"` : undefined;
}

/** The edit distance, in which a swap of two letters counts as one mistake. */
function steps(a: string, b: string): number {
  const sorted = (text: string) => [...text].sort().join("");
  return distance(a, b) - (sorted(a) === sorted(b) ? 1 : 0);
}
