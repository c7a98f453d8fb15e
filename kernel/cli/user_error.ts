/** A problem the user can fix. The message says what to do and is shown without a stack trace. */
export class UserError extends Error {}
