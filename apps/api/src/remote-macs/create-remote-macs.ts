import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction, markMac } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { type ItemFault, type NeutronError, conflict, refusedItems } from '../http/neutron-error.js';
import { Quotas } from '../quotas/quotas.js';
import { remoteConnectionNotFound } from '../remote-gateways/remote-connection-store.js';
import type { WantedMac, WantedMacs } from './remote-mac.body.js';
import type { RemoteMacRow } from './remote-mac-store.js';

interface Connection {
  readonly id: string;
  readonly network_id: string;
  readonly project_id: string;
}

@Injectable()
export class CreateRemoteMacs {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Stores one remote MAC or many: all of them, or none. Answers in the order of the request. */
  run({ macs, isBulk }: WantedMacs): Promise<readonly RemoteMacRow[]> {
    const refuse = (error: (at: number) => NeutronError, faulty: readonly number[]) => {
      const [first = 0] = faulty;
      if (!isBulk) return error(first);
      const faults: ItemFault[] = faulty.map((index) => ({ index, message: error(index).message }));
      return refusedItems(error(first).status, error(first).type, faults, macs.length);
    };
    const twins = twinsIn(macs);
    if (twins.length > 0) throw refuse((at) => exists(macs[at]), twins);
    return this.facts.commit(async (tx) => {
      const connections = await lockConnections(tx, macs);
      const lost = indexesOf(macs, (each) => !connections.has(each.connection));
      if (lost.length > 0) throw refuse((at) => remoteConnectionNotFound(macs[at]?.connection ?? ''), lost);
      const rows = macs.map((mac) => rowOf(mac, connections));
      const stored = await insertRows(tx, rows);
      if (stored.size < rows.length) {
        throw refuse(
          (at) => exists(macs[at]),
          indexesOf(rows, (row) => !stored.has(row.id)),
        );
      }
      tx.mark(...rows.map((row) => markMac(row.network_id, row.mac)));
      for (const { id, network_id } of rows) tx.tell({ noun: 'remote-mac', change: 'created', id, network_id });
      for (const project of [...new Set(rows.map((row) => row.project_id))].sort()) {
        await this.quotas.require(tx, 'l2_remote_mac', project);
      }
      return rows.map((row) => ({ ...row, created_at: stored.get(row.id) ?? new Date() }));
    });
  }
}

type NewRow = Omit<RemoteMacRow, 'created_at'>;

function rowOf(
  { mac, ipaddr, connection: id, project_id }: WantedMac,
  connections: ReadonlyMap<string, Connection>,
): NewRow {
  const connection = connections.get(id);
  if (connection === undefined) throw remoteConnectionNotFound(id);
  return {
    id: randomUUID(),
    connection_id: connection.id,
    network_id: connection.network_id,
    mac,
    ipaddr,
    project_id: project_id ?? connection.project_id,
    origin: 'admin',
    state: 'pending',
    reason: '',
    cloud: null,
    sequence: null,
    path: [],
  };
}

/** They stay until the MACs are stored. */
async function lockConnections(
  tx: FactsTransaction,
  macs: readonly WantedMac[],
): Promise<ReadonlyMap<string, Connection>> {
  const ids = [...new Set(macs.map((each) => each.connection))].filter(isUuid);
  const rows: Connection[] = await tx.db.query(
    'SELECT id, network_id, project_id FROM remote_gateway_connection WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Answers when each of those that were not there yet was created. */
async function insertRows(tx: FactsTransaction, rows: readonly NewRow[]): Promise<ReadonlyMap<string, Date>> {
  const column = (name: keyof NewRow) => rows.map((row) => row[name]);
  const stored: { id: string; created_at: Date }[] = await tx.db.query(
    `INSERT INTO remote_mac (id, connection_id, network_id, mac, ipaddr, project_id)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
     ON CONFLICT (connection_id, mac, ipaddr) DO NOTHING RETURNING id, created_at`,
    [
      column('id'),
      column('connection_id'),
      column('network_id'),
      column('mac'),
      column('ipaddr'),
      column('project_id'),
    ],
  );
  return new Map(stored.map((row) => [row.id, row.created_at]));
}

/** The places of those that the request names a second time. */
function twinsIn(macs: readonly WantedMac[]): readonly number[] {
  const seen = new Set<string>();
  return indexesOf(macs, ({ connection, mac, ipaddr }) => {
    const text = `${connection} ${mac} ${ipaddr}`;
    const isTwin = seen.has(text);
    seen.add(text);
    return isTwin;
  });
}

function indexesOf<Item>(items: readonly Item[], matches: (item: Item) => boolean): readonly number[] {
  return items.flatMap((item, index) => (matches(item) ? [index] : []));
}

function exists(mac: WantedMac | undefined): NeutronError {
  const address = mac?.ipaddr === '' ? mac.mac : `${mac?.mac} with ${mac?.ipaddr}`;
  return conflict(
    'L2RemoteMacExists',
    `The remote MAC ${address} exists on remote gateway connection ${mac?.connection} already.`,
  );
}
