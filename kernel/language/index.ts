import { CellDocuments } from "./cell_documents";
import { compileCell } from "./compile_cell";
import { isComplete } from "./completeness";
import type { LanguageService } from "./language_service";
import { TypeService } from "./type_service";

export { type CompiledModule, compileModule } from "./compile_module";
export type * from "./language_service";

interface Options {
  readonly directory: string;
  readonly documents?: CellDocuments;
}

/**
 * TypeScript for the cells of one notebook.
 *
 * @param options `directory`: the notebook's folder, absolute; imports are found from there. `documents`: those of the
 * cells, if their server was started ahead; they are not for use elsewhere. Default: new ones.
 */
export function createLanguageService({
  directory,
  documents = new CellDocuments(directory),
}: Options): LanguageService {
  const types = new TypeService(documents);
  return {
    check: (cell) => types.check(cell),
    accept: (cell) => types.accept(cell),
    compile: (cell) => compileCell(cell, directory),
    complete: (code, offset) => types.complete(code, offset),
    hover: (code, offset) => types.hover(code, offset),
    isComplete,
    moveTo: (folder) => types.moveTo(folder),
    dispose: () => types.dispose(),
  };
}
