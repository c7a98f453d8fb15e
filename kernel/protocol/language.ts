import { keepCompiled, loadKept } from "../compile_cache";
import { CellDocuments } from "../language/cell_documents";
import type { LanguageService } from "../language/language_service";

export class Language {
  readonly #directory: string;
  readonly #documents: CellDocuments;
  #service: Promise<LanguageService> | undefined;

  constructor(directory: string) {
    this.#directory = directory;
    this.#documents = new CellDocuments(directory);
    // TypeScript's server, another process, reads the language's types while this thread starts.
    this.#documents.startAhead();
  }

  /** TypeScript's compiler takes longer to load than everything else, so it loads when clients can connect. */
  service(): Promise<LanguageService> {
    this.#service ??= this.#load();
    return this.#service;
  }

  async dispose(): Promise<void> {
    await (this.#service ? (await this.#service).dispose() : this.#documents.dispose());
  }

  async #load(): Promise<LanguageService> {
    const keepTypeScript = loadKept("typescript6");
    const { createLanguageService } = await import("../language/index.js");
    const service = createLanguageService({ directory: this.#directory, documents: this.#documents });
    // By then a cell has run, or this loads what the first cell needs of the compiler.
    setTimeout(() => {
      service.compile({ fileName: "ahead.ts", code: "const a: number = 1; a" });
      keepTypeScript();
      keepCompiled();
    }, 3000).unref();
    return service;
  }
}
