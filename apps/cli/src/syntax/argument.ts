/** Reads an argument of the command line: what its parser refuses is a mistake of the user's. */
import { UsageError } from '../failures.js';

export function argument<T>(text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
