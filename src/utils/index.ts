export { clearSession } from "./clear_session";
export { type GetFileOptions, getFile } from "./get_file";
export { normalize } from "./normalize";
export { type PadSequencesOptions, padSequences } from "./pad_sequences";
export { setRandomSeed } from "./random_seed";
export { toCategorical } from "./to_categorical";
export { vectorizeSequences } from "./vectorize_sequences";
