import { CellDocuments } from "./cell_documents";
import { TypeService } from "./type_service";

export type * from "./language_service";

/**
 * TypeScript for the cells of one notebook.
 *
 * @param options `directory`: the notebook's folder, absolute; imports are found from there. `documents`: those of the
 * cells, if their server was started already; use them nowhere else. Default: new ones.
 */
export function createLanguageService(options: {
  readonly directory: string;
  readonly documents?: CellDocuments;
}): TypeService {
  const { directory, documents = new CellDocuments(directory) } = options;
  return new TypeService(directory, documents);
}
