/** Finds the error that explains the others. */

import { Disconnected, OvsdbError, ProtocolError } from './errors.js';

/** Requests that were lost with their session say why it ended. */
export function reasonOf(error: unknown): OvsdbError {
  if (error instanceof Disconnected && error.cause instanceof OvsdbError) return error.cause;
  return error instanceof OvsdbError ? error : new ProtocolError('the first exchange failed', error);
}
