/** Something the user can put right: its message is one sentence with what to do, shown without a stack. */
export class Refusal extends Error {}
