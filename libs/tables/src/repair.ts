import type { Asker } from './asker.js';
import { differingBuckets } from './digest.js';
import { Gathering } from './gathering.js';
import { bucketOf } from './hash.js';
import type { KeyedHash } from './hashed-rows.js';
import type { RepairKind } from './receive.js';
import { RepairOvertaken } from './repair-overtaken.js';
import type { Position, RowsAnswer } from './source.js';
import type { TableCopy } from './table-copy.js';

/** More differing buckets than this, and taking everything is cheaper. */
const MOST_BUCKETS = 64;
/** In a table above this a bucket may not fit into a message. */
const MOST_ROWS = 250_000;

export type RepairOutcome = 'repaired' | 'unknown' | 'refused';

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

  /** What was left out is missing from our digests: of such a table only a snapshot says more. */
  private async fromDigests(): Promise<RepairOutcome> {
    if (this.copy.partial) return this.fromSnapshot();
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
    const gathered = new Gathering(this.copy);
    for (const bucket of buckets) {
      const found = await this.ask((asker) => asker.bucket(this.copy.name, bucket));
      if (found.state === 'removed') return this.clear(found);
      if (found.state !== 'rows') return found.state;
      collect(gathered, found, first);
    }
    return this.finish(first, gathered, buckets);
  }

  private async fromSnapshot(): Promise<RepairOutcome> {
    const gathered = new Gathering(this.copy);
    let first: Position | undefined;
    for await (const page of this.pages()) {
      if (page.state === 'removed') return this.clear(page);
      if (page.state !== 'rows') return page.state;
      first ??= { epoch: page.epoch, revision: page.revision };
      this.copy.foresee(collect(gathered, page, first));
    }
    return first === undefined ? 'unknown' : this.finish(first, gathered);
  }

  /**
   * What all other rows are to be judged by comes first. The next page is asked for before this one is looked at, so that both ends
   * have something to do.
   */
  private async *pages(): AsyncGenerator<Page> {
    for (const key of this.copy.early)
      if (!this.copy.held.has(key)) yield this.ask((asker) => asker.bucket(this.copy.name, bucketOf(key)));
    for (let asked: Promise<Page> | undefined = this.page(); asked !== undefined;) {
      const page: Page = await asked;
      asked = page.state === 'rows' && page.next !== undefined ? this.page(page.next) : undefined;
      yield page;
    }
  }

  private page(cursor?: string): Promise<Page> {
    const page = this.ask((asker) => asker.snapshot(this.copy.name, cursor));
    page.catch(() => undefined); // it is told to whoever waits for it, if anybody still does
    return page;
  }

  /** Pages and buckets were read one after the other; the ops since the first make them one state. */
  private async finish(first: Position, gathered: Gathering, buckets?: readonly number[]): Promise<RepairOutcome> {
    for (let revision = first.revision; ;) {
      const from = revision;
      const answer = await this.ask((asker) => asker.since(this.copy.name, from));
      if (answer.state === 'removed') return this.clear(answer);
      if (answer.state === 'unknown' || answer.state === 'refused') return answer.state;
      if (answer.epoch !== first.epoch) throw new RepairOvertaken(this.copy.name);
      if (answer.state === 'too-old' && answer.revision !== revision) throw new RepairOvertaken(this.copy.name);
      if (answer.state === 'ops') {
        gathered.take(answer.ops);
        revision = answer.to;
      }
      const isMore = answer.state === 'ops' && answer.more;
      if (isMore || this.heard.ahead > revision) continue;
      const { rows, partial } = gathered;
      this.copy.become({ epoch: first.epoch, revision, ...(buckets ? { buckets } : {}), rows, partial });
      return 'repaired';
    }
  }

  /** The table is gone, unless a delta has told meanwhile that it is there again. */
  private clear({ epoch, revision }: Position): RepairOutcome {
    if (this.heard.ahead > revision) throw new RepairOvertaken(this.copy.name);
    this.copy.become({ epoch, revision, rows: new Map(), partial: false });
    return 'repaired';
  }

  /** The answer will contain whatever was heard of before it is asked for. */
  private ask<Answer>(question: (asker: Questions) => Promise<Answer>): Promise<Answer> {
    this.heard.forget();
    return question(this.asker);
  }
}

type Page = Exclude<RowsAnswer, { readonly state: 'busy' }>;

/** A writer may not remember what was dropped before our revision, and yet have changed nothing since. */
function isWhereWeAre(answer: Position, copy: Position): boolean {
  return answer.epoch === copy.epoch && answer.revision === copy.revision;
}

function collect(
  into: Gathering,
  { epoch, rows }: Extract<RowsAnswer, { state: 'rows' }>,
  first: Position,
): readonly KeyedHash[] {
  if (epoch !== first.epoch) throw new RepairOvertaken(`the epoch went from ${first.epoch} to ${epoch}`);
  return into.take(rows);
}
