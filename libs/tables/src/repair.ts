import type { Asker } from './asker.js';
import { differingBuckets } from './digest.js';
import { bucketOf } from './hash.js';
import { hashed, type HashedRow, type KeyedHash } from './hashed-rows.js';
import type { RepairKind } from './receive.js';
import type { Epoch, KeyedRow, Position, RowsAnswer } from './source.js';
import type { TableCopy } from './table-copy.js';

/** More differing buckets than this, and taking everything is cheaper. */
const MOST_BUCKETS = 64;
/** In a table above this a bucket may not fit into a message. */
const MOST_ROWS = 250_000;

export type RepairOutcome = 'repaired' | 'unknown' | 'refused';

/** The ground moved under a repair: another epoch, or the ops after its first page are forgotten. It starts over. */
export class RepairOvertaken extends Error {
  override readonly name = 'RepairOvertaken';
}

/** What deltas told while a question was on its way. */
export interface Heard {
  /** The highest revision heard of since `forget`. */
  readonly ahead: number;
  forget(): void;
}

type Questions = Pick<Asker, 'since' | 'digests' | 'bucket' | 'snapshot'>;

/**
 * Brings one copy to what its writer has. While it asks for ops or takes a snapshot, deltas go on being applied: ops carry the
 * last row of each key, so applying some of them twice ends in the same, and a snapshot replaces every row.
 */
export class Repair {
  constructor(
    private readonly asker: Questions,
    private readonly copy: TableCopy<unknown>,
    private readonly heard: Heard,
  ) {}

  async run(kind: RepairKind): Promise<RepairOutcome> {
    if (kind === 'snapshot' || !this.copy.complete) return this.fromSnapshot();
    return kind === 'digest' ? this.fromDigests() : this.fromSince();
  }

  private async fromSince(): Promise<RepairOutcome> {
    for (;;) {
      const answer = await this.ask((asker) => asker.since(this.copy.name, this.copy.revision));
      if (answer.state === 'removed') return this.clear(answer);
      if (answer.state === 'too-old' && isWhereWeAre(answer, this.copy)) return 'repaired';
      if (answer.state === 'too-old') return this.fromDigests();
      if (answer.state !== 'ops') return answer.state;
      if (answer.epoch !== this.copy.epoch) return this.fromDigests();
      if (answer.from <= this.copy.revision && this.copy.revision < answer.to) this.copy.advance(answer.to, answer.ops);
      if (!answer.more) return 'repaired';
    }
  }

  private async fromDigests(): Promise<RepairOutcome> {
    const answer = await this.ask((asker) => asker.digests(this.copy.name));
    if (answer.state === 'removed') return this.clear(answer);
    if (answer.state !== 'digests') return answer.state;
    const buckets = differingBuckets(this.copy.bucketDigests(), answer.digests);
    if (buckets.length > MOST_BUCKETS || this.copy.size > MOST_ROWS) return this.fromSnapshot();
    this.copy.frozen = true;
    try {
      return await this.fromBuckets(answer, buckets);
    } finally {
      this.copy.frozen = false;
    }
  }

  /** An old delta, applied now, would spoil a bucket that was found equal to a later revision: hence the copy is frozen. */
  private async fromBuckets(first: Position, buckets: readonly number[]): Promise<RepairOutcome> {
    const rows: Candidate = new Map();
    for (const bucket of buckets) {
      const found = await this.ask((asker) => asker.bucket(this.copy.name, bucket));
      if (found.state === 'removed') return this.clear(found);
      if (found.state !== 'rows') return found.state;
      collect(rows, found.rows, first.epoch, found.epoch);
    }
    return this.finish(first, rows, buckets);
  }

  /** The next page is asked for before this one is looked at, so that both ends have something to do. */
  private async fromSnapshot(): Promise<RepairOutcome> {
    await this.foresee();
    const rows: Candidate = new Map();
    let first: Position | undefined;
    for (let asked: Promise<Page> | undefined = this.page(); asked !== undefined;) {
      const page: Page = await asked;
      if (page.state === 'removed') return this.clear(page);
      if (page.state !== 'rows') return page.state;
      first ??= { epoch: page.epoch, revision: page.revision };
      asked = page.next === undefined ? undefined : this.page(page.next);
      const found = collect(rows, page.rows, first.epoch, page.epoch);
      if (!this.copy.complete) this.copy.foresee(found);
    }
    return first === undefined ? 'unknown' : this.finish(first, rows);
  }

  private page(cursor?: string): Promise<Page> {
    const page = this.ask((asker) => asker.snapshot(this.copy.name, cursor));
    page.catch(() => undefined); // it is told to whoever waits for it, if anybody still does
    return page;
  }

  /** What all other rows are to be judged by comes first. */
  private async foresee(): Promise<void> {
    for (const key of this.copy.complete ? [] : this.copy.early) {
      if (this.copy.get(key) !== undefined) continue;
      const found = await this.ask((asker) => asker.bucket(this.copy.name, bucketOf(key)));
      if (found.state === 'rows') this.copy.foresee(collect(new Map(), found.rows, found.epoch, found.epoch));
    }
  }

  /** Pages and buckets were read one after the other; the ops since the first make them one state. */
  private async finish(first: Position, rows: Candidate, buckets?: readonly number[]): Promise<RepairOutcome> {
    for (let revision = first.revision; ;) {
      const from = revision;
      const answer = await this.ask((asker) => asker.since(this.copy.name, from));
      if (answer.state === 'removed') return this.clear(answer);
      if (answer.state === 'unknown' || answer.state === 'refused') return answer.state;
      if (answer.epoch !== first.epoch) throw new RepairOvertaken(this.copy.name);
      if (answer.state === 'too-old' && answer.revision !== revision) throw new RepairOvertaken(this.copy.name);
      if (answer.state === 'ops') {
        for (const { key, row } of answer.ops) rows.set(key, row && hashed(key, row));
        revision = answer.to;
      }
      const isMore = answer.state === 'ops' && answer.more;
      if (isMore || this.heard.ahead > revision) continue;
      this.copy.become({ epoch: first.epoch, revision, ...(buckets ? { buckets } : {}), rows });
      return 'repaired';
    }
  }

  /** The table is gone, unless a delta has told meanwhile that it is there again. */
  private clear({ epoch, revision }: Position): RepairOutcome {
    if (this.heard.ahead > revision) throw new RepairOvertaken(this.copy.name);
    this.copy.become({ epoch, revision, rows: new Map() });
    return 'repaired';
  }

  /** The answer will contain whatever was heard of before it is asked for. */
  private ask<Answer>(question: (asker: Questions) => Promise<Answer>): Promise<Answer> {
    this.heard.forget();
    return question(this.asker);
  }
}

/** What each key holds, or that it was dropped after it had been read. */
type Candidate = Map<string, HashedRow | undefined>;

type Page = Exclude<RowsAnswer, { readonly state: 'busy' }>;

/** A writer may not remember what was dropped before our revision, and yet have changed nothing since. */
function isWhereWeAre(answer: Position, copy: Position): boolean {
  return answer.epoch === copy.epoch && answer.revision === copy.revision;
}

/** Hashes page by page, so that the event loop is never held up for a whole table. Returns what was on this one. */
function collect(into: Candidate, rows: readonly KeyedRow[], expected: Epoch, found: Epoch): KeyedHash[] {
  if (found !== expected) throw new RepairOvertaken(`the epoch went from ${expected} to ${found}`);
  const page = rows.map(({ key, row }): KeyedHash => [key, hashed(key, row)]);
  for (const [key, row] of page) into.set(key, row);
  return page;
}
