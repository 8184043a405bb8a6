import { toInteger } from './attributes.js';
import { invalidAttribute } from './neutron-error.js';

/** What a client waits for before it wants its answer. */
export interface Wish {
  /** Any of these will do. */
  readonly statuses: readonly string[];
  readonly timeoutMs: number;
  /** It was said by the header `Prefer` too, and the answer has to say that it was honoured. */
  readonly preferred: boolean;
}

const STATUSES = ['ACTIVE', 'BUILD', 'DEGRADED', 'ERROR'];
const DEFAULT_S = 30;
const MOST_S = 300;

/**
 * Reads `?wait=STATUS&timeout=SECONDS` and `Prefer: wait=SECONDS`, which waits for `ACTIVE` (RFC 7240 §4.3); absent if neither is there.
 * Throws 400 for parameters that make no sense; a preference that makes none is passed over, and a longer one is cut (§2).
 */
export function readWish(query: URLSearchParams, prefer: string): Wish | undefined {
  const preferredS = preferredWait(prefer);
  const statuses = query.getAll('wait');
  const timeoutS = readTimeout(query.get('timeout'));
  const unknown = statuses.find((status) => !STATUSES.includes(status));
  if (unknown !== undefined) throw invalidAttribute('wait', `'${unknown}' is not in ${JSON.stringify(STATUSES)}.`);
  if (statuses.length === 0 && preferredS === undefined) return undefined;
  return {
    statuses: statuses.length === 0 ? ['ACTIVE'] : statuses,
    timeoutMs: (timeoutS ?? preferredS ?? DEFAULT_S) * 1000,
    preferred: preferredS !== undefined,
  };
}

function readTimeout(text: string | null): number | undefined {
  if (text === null) return undefined;
  const seconds = toInteger(text);
  if (seconds >= 0 && seconds <= MOST_S) return seconds;
  throw invalidAttribute('timeout', `'${text}' is not a whole number of seconds from 0 to ${MOST_S}.`);
}

function preferredWait(prefer: string): number | undefined {
  const [, seconds] = /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=[;,]|$)/i.exec(prefer) ?? [];
  return seconds === undefined ? undefined : Math.min(Number(seconds), MOST_S);
}
