import { type ClientId, importTable, syncClient, syncReport } from '@l2gw/contracts';
import { type FactsTransaction, lockOn } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { tablesOf } from './open-session.js';

/** Who pushes a table: the agent of a switch, or remote-sync; then what it says is of a network, or of the peers. */
export type PushOwner = { readonly switchName: string } | { readonly network: string } | typeof PEERS;

const PEERS = { peers: true } as const;

/** Whether such a table can be the client's. An agent's tables are those of its switch; those of remote-sync come and go with the stretches. */
export function mayPush(client: string, table: string): boolean {
  return client === syncClient ? isSynced(table) : tablesOf(client as ClientId).includes(table);
}

function isSynced(table: string): boolean {
  return table === syncReport.table || importTable.partsOf(table) !== undefined;
}

/**
 * Keeps everybody out who decides by what the table says, or whether there is to be such a table, until the end of the transaction.
 * Undefined: nobody may push it.
 */
export async function lockOwner(tx: FactsTransaction, table: string): Promise<PushOwner | undefined> {
  if (isSynced(table)) return table === syncReport.table ? PEERS : lockStretch(tx, table);
  const [owner]: { name: string }[] = await tx.db.query(LOCK_SWITCH, [table]);
  return owner && { switchName: owner.name };
}

const LOCK_SWITCH = `SELECT switch.name, ${lockOn("'switch/' || switch.name", 'exclusive')}
  FROM pushed_table JOIN switch ON switch.id = client WHERE pushed_table.name = $1`;

/** Tables of remote-sync are made by their first push. */
export async function makeSynced(tx: FactsTransaction, table: string): Promise<void> {
  await tx.db.query(
    'INSERT INTO pushed_table (name, client, epoch, position) VALUES ($1, $2, 0, 0) ON CONFLICT (name) DO NOTHING',
    [table, syncClient],
  );
}

async function lockStretch(tx: FactsTransaction, table: string): Promise<{ readonly network: string } | undefined> {
  const [stretch]: { network_id: string }[] = await tx.db.query(
    // By the id, which has an index; the name of the table has none.
    'SELECT network_id FROM sync_stretch WHERE id = $1::uuid AND cloud = $2 FOR KEY SHARE',
    stretchOf(table),
  );
  return stretch === undefined ? undefined : { network: stretch.network_id };
}

/** Of what is no such table: nothing. */
function stretchOf(table: string): [string | null, string] {
  const { connection, cloud } = importTable.partsOf(table) ?? { connection: '', cloud: '' };
  return [isUuid(connection) ? connection : null, cloud];
}
