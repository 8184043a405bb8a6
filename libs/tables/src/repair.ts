import type { Asker } from './asker.js';
import { differingBuckets } from './digest.js';
import { hashed, type HashedRow } from './hashed-rows.js';
import type { RepairKind } from './receive.js';
import type { Epoch, KeyedRow, Position } from './source.js';
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

/**
 * Brings one copy to what its writer has. Deltas may go on being applied meanwhile: ops are coalesced, so a row may be newer
 * than the copy's revision says, but never older, and what is newer comes again.
 */
export class Repair {
  constructor(
    private readonly asker: Asker,
    private readonly copy: TableCopy<unknown>,
    /** Called before each question whose answer will contain everything heard of so far. */
    private readonly forgetHeard: () => void,
  ) {}

  async run(kind: RepairKind): Promise<RepairOutcome> {
    if (kind === 'snapshot' || !this.copy.complete) return this.fromSnapshot();
    return kind === 'digest' ? this.fromDigests() : this.fromSince();
  }

  private async fromSince(): Promise<RepairOutcome> {
    for (;;) {
      this.forgetHeard();
      const answer = await this.asker.since(this.copy.name, this.copy.revision);
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
    const answer = await this.asker.digests(this.copy.name);
    if (answer.state === 'removed') return this.clear(answer);
    if (answer.state !== 'digests') return answer.state;
    const buckets = differingBuckets(this.copy.bucketDigests(), answer.digests);
    if (buckets.length > MOST_BUCKETS || this.copy.size > MOST_ROWS) return this.fromSnapshot();
    const rows = new Map<string, HashedRow | undefined>();
    for (const bucket of buckets) {
      const found = await this.asker.bucket(this.copy.name, bucket);
      if (found.state === 'removed') return this.clear(found);
      if (found.state !== 'rows') return found.state;
      collect(rows, found.rows, answer.epoch, found.epoch);
    }
    return this.finish(answer, rows, buckets);
  }

  private async fromSnapshot(): Promise<RepairOutcome> {
    const rows = new Map<string, HashedRow | undefined>();
    let first: Position | undefined;
    let cursor: string | undefined;
    do {
      const page = await this.asker.snapshot(this.copy.name, cursor);
      if (page.state === 'removed') return this.clear(page);
      if (page.state !== 'rows') return page.state;
      first ??= { epoch: page.epoch, revision: page.revision };
      collect(rows, page.rows, first.epoch, page.epoch);
      cursor = page.next;
    } while (cursor !== undefined);
    return this.finish(first, rows);
  }

  /** Pages and buckets were read one after the other; the ops since the first make them one state. */
  private async finish(
    first: Position,
    rows: Map<string, HashedRow | undefined>,
    buckets?: readonly number[],
  ): Promise<RepairOutcome> {
    for (let revision = first.revision; ;) {
      this.forgetHeard();
      const answer = await this.asker.since(this.copy.name, revision);
      if (answer.state === 'removed') return this.clear(answer);
      if (answer.state === 'unknown' || answer.state === 'refused') return answer.state;
      if (answer.epoch !== first.epoch) throw new RepairOvertaken(this.copy.name);
      if (answer.state === 'too-old' && answer.revision !== revision) throw new RepairOvertaken(this.copy.name);
      if (answer.state === 'ops') {
        for (const { key, row } of answer.ops) rows.set(key, row && hashed(key, row));
        revision = answer.to;
        if (answer.more) continue;
      }
      this.copy.become({ epoch: first.epoch, revision, ...(buckets ? { buckets } : {}), rows });
      return 'repaired';
    }
  }

  private clear({ epoch, revision }: Position): RepairOutcome {
    this.copy.become({ epoch, revision, rows: new Map() });
    return 'repaired';
  }
}

/** A writer may not remember what was dropped before our revision, and yet have changed nothing since. */
function isWhereWeAre(answer: Position, copy: Position): boolean {
  return answer.epoch === copy.epoch && answer.revision === copy.revision;
}

/** Hashes page by page, so that the event loop is never held up for a whole table. */
function collect(
  into: Map<string, HashedRow | undefined>,
  rows: readonly KeyedRow[],
  expected: Epoch,
  found: Epoch,
): void {
  if (found !== expected) throw new RepairOvertaken(`the epoch went from ${expected} to ${found}`);
  for (const { key, row } of rows) into.set(key, hashed(key, row));
}
