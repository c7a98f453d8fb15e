import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { CellDocuments } from "../../../kernel/language/cell_documents";
import { createLanguageService, type Diagnostic, type LanguageService } from "../../../kernel/language/index";

export const checkout = resolve(__dirname, "../../../..");
const started: LanguageService[] = [];
const folders: string[] = [];

export function service(directory: string, documents = new CellDocuments(directory)): LanguageService {
  const created = createLanguageService({ directory, documents });
  started.push(created);
  return created;
}

/** A folder that knows nothing of this package. */
export function elsewhere(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "notebook-은닉 "));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

after(async () => {
  await Promise.all(started.map((each) => each.dispose()));
  for (const folder of folders) rmSync(folder, { recursive: true });
});

let cells = 0;

/** Runs cells as a kernel does, and tells what is said of the last: `line:column code message`, one-based. */
export async function problems(language: LanguageService, ...codes: string[]): Promise<string[]> {
  let found: readonly Diagnostic[] = [];
  for (const code of codes) {
    cells += 1;
    const cell = { fileName: `cell-${cells}.ts`, code };
    found = await language.check(cell);
    language.accept(cell);
  }
  return found
    .filter(({ category }) => category === "error")
    .map(({ start, code, message }) => `${start.line + 1}:${start.column + 1} ${code} ${message}`);
}

/** What `|` in the code asks for. */
export const completions = (language: LanguageService, code: string) =>
  language.complete(code.replace("|", ""), code.indexOf("|"));

export const hover = (language: LanguageService, code: string) =>
  language.hover(code.replace("|", ""), code.indexOf("|"));
