/** For how long what a switch was, and had learned, stays told after its database was made anew. */
export const HOLD_MS = 30_000;
