import { compileCell } from "./compile_cell";
import { isComplete } from "./completeness";
import type { LanguageService } from "./language_service";
import type { TypeServer } from "./type_server";
import { TypeService } from "./type_service";

export { type CompiledModule, compileModule } from "./compile_module";
export type * from "./language_service";

interface Options {
  readonly directory: string;
  readonly server?: TypeServer;
}

/**
 * TypeScript for the cells of one notebook.
 *
 * @param options `directory`: the notebook's folder, absolute; imports are found from there. `server`: TypeScript's, if it was
 * started ahead; it is not for use elsewhere. Default: a new one.
 */
export function createLanguageService({ directory, server }: Options): LanguageService {
  const types = new TypeService(directory, server);
  return {
    check: (cell) => types.check(cell),
    accept: (cell) => types.accept(cell),
    compile: (cell) => compileCell(cell, directory),
    complete: (code, offset) => types.complete(code, offset),
    hover: (code, offset) => types.hover(code, offset),
    isComplete,
    dispose: () => types.dispose(),
  };
}
