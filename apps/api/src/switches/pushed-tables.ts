import { Injectable } from '@nestjs/common';
import {
  type ClientRefused,
  type EpochRefused,
  type KeyedRow,
  type PushCompare,
  type PushComparison,
  type PushDelta,
  type PushMark,
  type PushReplace,
  type PushSettle,
  type PushSettled,
  type PushStore,
  differingBuckets,
} from '@l2gw/tables';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { LearnedNews } from './learned-news.js';
import { markImported, markPushed } from './mark-pushed.js';
import { type PushOwner, lockOwner, makeSynced } from './push-owners.js';
import { deleteKeys, digestsOf, keysOfBucket, upsertRows } from './pushed-row-store.js';
import { releaseVnis } from './release-vnis.js';
import { tellReported } from './tell-reported.js';

/** What the database holds of a table, and whether a pusher may still write it. */
interface Stored {
  readonly epoch: number;
  readonly position: number;
  readonly issued: number;
  readonly owner: PushOwner;
}

interface Change {
  readonly puts: readonly KeyedRow[];
  readonly drops: readonly string[];
}

/** Keeps what agents and remote-sync push in PostgreSQL. Each call is one transaction; together with the rows it marks what they change. */
@Injectable()
export class PushedTables implements PushStore {
  constructor(
    private readonly facts: Facts,
    private readonly learned: LearnedNews,
  ) {}

  apply(table: string, push: PushDelta): Promise<PushMark> {
    return this.transaction(table, push.epoch, async (tx, stored) => {
      const position = positionIn(push.epoch, stored);
      if (stored.epoch !== push.epoch || position !== push.from) return { position };
      const puts = push.ops.flatMap((op) => (op.row === undefined ? [] : [{ key: op.key, row: op.row }]));
      const drops = push.ops.filter((op) => op.row === undefined).map((op) => op.key);
      await this.write(tx, table, stored.owner, { puts, drops });
      await setMark(tx, table, push.epoch, push.to);
      return { position: push.to };
    });
  }

  compare(table: string, push: PushCompare): Promise<PushComparison> {
    return this.transaction(table, push.epoch, async (tx, stored) => {
      const ours = await digestsOf(tx.db, table);
      return { position: positionIn(push.epoch, stored), differing: differingBuckets(ours.toHex(), push.buckets) };
    });
  }

  replace(table: string, push: PushReplace): Promise<PushMark> {
    return this.transaction(table, push.epoch, async (tx, stored) => {
      const position = positionIn(push.epoch, stored);
      if (position > push.at) return { position };
      const wanted = new Set(push.rows.map((row) => row.key));
      const drops = (await keysOfBucket(tx.db, table, push.bucket)).filter((key) => !wanted.has(key));
      await this.write(tx, table, stored.owner, { puts: push.rows, drops });
      await setMark(tx, table, push.epoch, push.at);
      return { position: push.at };
    });
  }

  settle(table: string, push: PushSettle): Promise<PushSettled> {
    return this.transaction(table, push.epoch, async (tx, stored) => {
      const position = positionIn(push.epoch, stored);
      const digest = (await digestsOf(tx.db, table)).totalHex();
      if (digest !== push.digest || position > push.at) return { position, digest };
      if (position !== push.to) {
        await setMark(tx, table, push.epoch, push.to);
        await tx.db.query('UPDATE pushed_table SET complete = true WHERE name = $1', [table]);
      }
      return { position: push.to, digest };
    });
  }

  /** Only what differs is written, marks and is told. */
  private async write(tx: FactsTransaction, table: string, owner: PushOwner, change: Change): Promise<void> {
    const put = new Set(await upsertRows(tx.db, table, change.puts));
    const dropped = await deleteKeys(tx.db, table, change.drops);
    if (!('switchName' in owner)) return markImported(tx, owner, [...put, ...dropped]);
    const { switchName } = owner;
    await markPushed(tx, table, switchName, [...put, ...dropped]);
    if (table.startsWith('learned/')) tx.afterCommit(() => this.learned.tell(switchName, [...put], dropped));
    else {
      await releaseVnis(tx.db, switchName, [...put]);
      tellReported(
        tx,
        switchName,
        change.puts.filter((row) => put.has(row.key)),
        dropped,
      );
    }
  }

  /** Excludes everybody who relies on what the table says, then locks the table's mark. */
  private transaction<Answer>(
    table: string,
    epoch: number,
    work: (tx: FactsTransaction, stored: Stored) => Promise<Answer>,
  ): Promise<Answer | EpochRefused | ClientRefused> {
    return this.facts.commit(async (tx) => {
      const stored = await readMark(tx, table);
      if (stored === undefined) return { refused: 'client' };
      if (epoch < Math.max(stored.epoch, stored.issued))
        return { refused: 'epoch', epoch: Math.max(stored.epoch, stored.issued) };
      return work(tx, stored);
    });
  }
}

/** An epoch that nothing is stored of yet is before its first position. */
function positionIn(epoch: number, stored: Stored): number {
  return stored.epoch === epoch ? stored.position : -1;
}

/** Whatever PostgreSQL believes to know of the rows, they are looked up by their keys until the end of the transaction. */
const BY_INDEX = `set_config('enable_seqscan', 'off', true)`;

const MARK = `SELECT pushed_table.epoch, position, coalesce(switch.epoch, (SELECT sync_session.epoch FROM sync_session)) AS issued, ${BY_INDEX}
  FROM pushed_table LEFT JOIN switch ON switch.id = client WHERE pushed_table.name = $1 FOR UPDATE OF pushed_table`;

/** Undefined: nobody has opened a session for this table, or what it was about is gone. */
async function readMark(tx: FactsTransaction, table: string): Promise<Stored | undefined> {
  const owner = await lockOwner(tx, table);
  if (owner === undefined) return undefined;
  const read = (): Promise<{ epoch: string; position: string; issued: string }[]> => tx.db.query(MARK, [table]);
  let [row] = await read();
  if (row === undefined && !('switchName' in owner)) {
    await makeSynced(tx, table);
    [row] = await read();
  }
  return row && { epoch: Number(row.epoch), position: Number(row.position), issued: Number(row.issued), owner };
}

async function setMark(tx: FactsTransaction, table: string, epoch: number, position: number): Promise<void> {
  await tx.db.query('UPDATE pushed_table SET epoch = $2, position = $3 WHERE name = $1', [table, epoch, position]);
}
