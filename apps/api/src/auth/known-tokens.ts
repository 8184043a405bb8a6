import { createHash } from 'node:crypto';
import type { Caller } from '../http/caller.js';
import { identityUnavailable } from './identity-outage.js';

/** Whose a token is; nobody's if absent. */
export type Finding = { readonly caller: Caller; readonly expiresAt: number } | undefined;

interface Kept {
  readonly caller: Caller | undefined;
  /** ms since 1970 */
  readonly until: number;
}

const BAD_MS = 10_000;
const MOST_OF_A_KIND = 10_000;
/** Questions under way. Each is for another token, so more than this is no crowd of operators. */
const MOST_QUESTIONS = 256;

/**
 * Findings about tokens, kept by a hash of the token. Whoever asks while the same question is under way shares its answer.
 * Good and bad tokens are kept apart, so that guessing drives no good one out.
 */
export class KnownTokens {
  private readonly good = new Map<string, Kept>();
  private readonly bad = new Map<string, Kept>();
  private readonly questions = new Map<string, Promise<Kept>>();

  /** `goodMs`: how long a good token is not asked about again, if it does not expire before. */
  constructor(
    private readonly goodMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Throws what `find` throws, which is not kept, and `NeutronError` 503 when too much is asked at once. */
  async callerOf(token: string, find: () => Promise<Finding>): Promise<Caller | undefined> {
    const key = createHash('sha256').update(token).digest('base64');
    const { caller } = this.known(key) ?? (await this.question(key, find));
    return caller;
  }

  private known(key: string): Kept | undefined {
    const kept = this.good.get(key) ?? this.bad.get(key);
    return kept !== undefined && kept.until > this.now() ? kept : undefined;
  }

  private question(key: string, find: () => Promise<Finding>): Promise<Kept> {
    const underWay = this.questions.get(key);
    if (underWay !== undefined) return underWay;
    if (this.questions.size >= MOST_QUESTIONS) throw identityUnavailable();
    const question = find()
      .then((finding) => this.keep(key, finding))
      .finally(() => this.questions.delete(key));
    this.questions.set(key, question);
    return question;
  }

  private keep(key: string, finding: Finding): Kept {
    this.good.delete(key);
    this.bad.delete(key);
    const now = this.now();
    if (finding === undefined) return put(this.bad, key, { caller: undefined, until: now + BAD_MS });
    return put(this.good, key, { caller: finding.caller, until: Math.min(finding.expiresAt, now + this.goodMs) });
  }
}

/** The oldest goes when there is no room. */
function put(all: Map<string, Kept>, key: string, kept: Kept): Kept {
  all.set(key, kept);
  const [oldest] = all.keys();
  if (all.size > MOST_OF_A_KIND && oldest !== undefined) all.delete(oldest);
  return kept;
}
