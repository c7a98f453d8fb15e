/** Losses and metrics by name, as a callback gets them. */
export type Logs = { [name: string]: number };
