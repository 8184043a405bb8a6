import type { Problem } from '@l2gw/contracts';
import { InvalidOperation, OvsdbError, PermissionDenied, TransactError } from '@l2gw/ovsdb';
import { Terminal } from '@l2gw/reconcile';
import { STUBBORN_MS } from './pace.js';

/** The switch's database does not take it, now or in a moment: an operator must know. */
export class Refused extends Terminal {
  override readonly name = 'Refused';
  constructor(
    readonly problem: Problem,
    cause: unknown,
  ) {
    super(problem.text, { cause });
  }
}

/** The reason why the same wish cannot succeed soon; absent if it may. */
export function refusalIn(error: unknown): Problem | undefined {
  if (error instanceof PermissionDenied) {
    return { code: 'READ_ONLY', text: `${error.message}: give the agent write access to the switch's database` };
  }
  if (error instanceof OvsdbError && !error.retryable) return refusal(error);
  return undefined;
}

/** What was tried again and again, and is refused still. */
export function refusal(error: OvsdbError): Problem {
  const hint = error instanceof InvalidOperation ? 'its schema may be another than we know' : 'see its log';
  return { code: 'REFUSED', text: `the switch's database says: ${error.message}; ${hint}` };
}

/** What the switch has refused again and again, for instance because its table is full. It is still tried again. */
export function isStubborn(error: unknown, retryInMs: number | undefined): error is TransactError {
  return error instanceof TransactError && retryInMs !== undefined && retryInMs >= STUBBORN_MS;
}
