import { type ClientId, importTable, syncClient, syncReport } from '@l2gw/contracts';
import type { EntityManager } from 'typeorm';
import type { FactsTransaction } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { tablesOf } from './open-session.js';

/** Who pushes a table: the agent of a switch, or remote-sync; then what it says is of a network, or of the peers. */
export type PushOwner = { readonly switchName: string } | { readonly network: string } | typeof PEERS;

const PEERS = { peers: true } as const;

/** Whether the client owns the table. An agent's tables are those of its switch; those of remote-sync come and go with the stretches. */
export async function mayPush(db: EntityManager, client: string, table: string): Promise<boolean> {
  if (client !== syncClient) return tablesOf(client as ClientId).includes(table);
  if (table === syncReport.table) return true;
  const rows: unknown[] = await db.query(`SELECT 1 FROM sync_stretch WHERE ${STRETCH}`, stretchOf(table));
  return rows.length > 0;
}

/**
 * Keeps everybody out who decides by what the table says, or whether there is to be such a table, until the end of the transaction.
 * Undefined: nobody may push it.
 */
export async function lockOwner(tx: FactsTransaction, table: string): Promise<PushOwner | undefined> {
  if (table === syncReport.table || table.startsWith('import/')) return lockSynced(tx, table);
  const [owner]: { name: string }[] = await tx.db.query(
    'SELECT switch.name FROM pushed_table JOIN switch ON switch.id = client WHERE pushed_table.name = $1',
    [table],
  );
  if (owner === undefined) return undefined;
  await tx.lock('switch', owner.name, 'exclusive');
  return { switchName: owner.name };
}

/** Tables of remote-sync are made by their first push. */
async function lockSynced(tx: FactsTransaction, table: string): Promise<PushOwner | undefined> {
  const owner = table === syncReport.table ? PEERS : await lockStretch(tx, table);
  if (owner === undefined) return undefined;
  await tx.db.query(
    'INSERT INTO pushed_table (name, client, epoch, position) VALUES ($1, $2, 0, 0) ON CONFLICT (name) DO NOTHING',
    [table, syncClient],
  );
  return owner;
}

async function lockStretch(tx: FactsTransaction, table: string): Promise<{ readonly network: string } | undefined> {
  const [stretch]: { network_id: string }[] = await tx.db.query(
    `SELECT network_id FROM sync_stretch WHERE ${STRETCH} FOR KEY SHARE`,
    stretchOf(table),
  );
  return stretch === undefined ? undefined : { network: stretch.network_id };
}

/** By the id, which has an index; the name of the table has none. */
const STRETCH = 'id = $1::uuid AND cloud = $2';

/** Of what is no such table: nothing. */
function stretchOf(table: string): [string | null, string] {
  const { connection, cloud } = importTable.partsOf(table) ?? { connection: '', cloud: '' };
  return [isUuid(connection) ? connection : null, cloud];
}
