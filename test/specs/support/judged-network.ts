/** A network that is shared with two other clouds, in a real PostgreSQL and with the real compiler, and all that the compiler remembers of it. */
import { randomUUID } from 'node:crypto';
import { createLog } from '@l2gw/runtime';
import { type ExportedMac, importTable } from '@l2gw/contracts';
import { Round } from '../../../apps/api/src/compiling/round.js';
import { type FactsTransaction, markMac, markNetwork } from '../../../apps/api/src/database/facts.js';
import { type NewPort, insertPorts } from '../../../apps/api/src/inventory/port-store.js';
import { PruneDrops } from '../../../apps/api/src/publishing/prune-drops.js';
import { markImported } from '../../../apps/api/src/switches/mark-pushed.js';
import { deleteKeys, upsertRows } from '../../../apps/api/src/switches/pushed-row-store.js';
import { ClearDuplicates } from '../../../apps/api/src/sync/clear-duplicates.js';
import { forgetImports, markShared } from '../../../apps/api/src/sync/mark-shared.js';
import { EVERY_CLOUD, GATEWAY, GATEWAY_MAC, KNOWN, PEER, REMOTE } from './judged-sql.js';
import type { MarkingWorld } from './marking-world.js';
import { portOf } from './new-port.js';

/** This cloud, `north`, is between them where the lower id decides. */
export const CLOUDS = ['east', 'south'] as const;
export type OtherCloud = (typeof CLOUDS)[number];
export type Said = Partial<ExportedMac>;
export type Remembering = 'mac_sequence' | 'ip_claim';

export class JudgedNetwork {
  private readonly stretches: Readonly<Record<OtherCloud, string>> = { east: randomUUID(), south: randomUUID() };
  private readonly round: Round;

  private constructor(
    private readonly world: MarkingWorld,
    private readonly id: string,
  ) {
    this.round = new Round(world.compiler, 'source_node', ({ error }) => {
      throw error;
    });
  }

  static async create(world: MarkingWorld): Promise<JudgedNetwork> {
    const network = new JudgedNetwork(world, await world.networkWith([GATEWAY_MAC]));
    const gateway = randomUUID();
    await world.database.query(EVERY_CLOUD);
    await world.database.query(GATEWAY, [gateway, network.id]);
    for (const cloud of CLOUDS) {
      await world.database.query(PEER, [cloud]);
      await world.database.query(REMOTE, [network.stretches[cloud], cloud, gateway, network.id]);
    }
    await world.mark(markNetwork(network.id));
    await network.compile();
    return network;
  }

  says(cloud: OtherCloud, mac: string, said: Said): Promise<void> {
    const row = { sequence: 0, ips: [], kind: 'learned', ...said };
    return this.pushes(cloud, (tx, table) => upsertRows(tx.db, table, [{ key: mac, row }]));
  }

  takesBack(cloud: OtherCloud, mac: string): Promise<void> {
    return this.pushes(cloud, (tx, table) => deleteKeys(tx.db, table, [mac]));
  }

  /** In place of those that have the MAC or are bound to the IP, if it is to be. */
  port(mac: string, ip: string, isBound: boolean): Promise<void> {
    return this.world.facts.commit(async (tx) => {
      await this.deletePorts(tx, mac, isBound ? ip : '');
      await insertPorts(tx.db, [portOf(this.id, mac, ipOf(mac, ip, isBound))]);
    });
  }

  portGoes(mac: string): Promise<void> {
    return this.world.facts.commit((tx) => this.deletePorts(tx, mac, ''));
  }

  /** With nobody, or with the two again, who have said nothing then. */
  share(isShared: boolean): Promise<void> {
    const remotes = Object.values(this.stretches);
    return this.world.facts.commit(async (tx) => {
      if (!isShared) await forgetImports(tx, remotes);
      for (const [cloud, remote] of Object.entries(this.stretches))
        await tx.db.query(
          'UPDATE remote_gateway SET sync_peer_id = (SELECT id FROM sync_peer WHERE cloud = $2 AND $3) WHERE id = $1',
          [remote, cloud, isShared],
        );
      await markShared(tx, remotes);
    });
  }

  clearDuplicates(): Promise<number> {
    return new ClearDuplicates(this.world.facts).run({ network: this.id, mac: undefined, ip: undefined });
  }

  /** A week after all that is gone went, as far as this table knows. */
  async prune(table: Remembering): Promise<void> {
    const aged = `UPDATE ${table} SET gone_at = 1 WHERE network_id = $1 AND gone_at IS NOT NULL`;
    await this.world.database.query(aged, [this.id]);
    await new PruneDrops(this.world.database, createLog('prune', 'warn')).prune();
  }

  async compile(): Promise<void> {
    while ((await this.round.run()).more);
    expect(await this.world.waiting()).toEqual([]);
  }

  /** Everything is judged anew, and nothing comes out otherwise. Answers of how many MACs something was judged before. */
  async expectNothingLost(macs: readonly string[]): Promise<number> {
    await this.compile();
    const [before, { length }] = [await this.known(), await this.judged()];
    await this.world.database.query('UPDATE mac_sequence SET judged = NULL WHERE network_id = $1', [this.id]);
    await this.world.mark(markNetwork(this.id), ...macs.map((mac) => markMac(this.id, mac)));
    await this.compile();
    expect(await this.known()).toEqual(before);
    return length;
  }

  /** MACs that are not to be judged again if the same is said of them. */
  async judged(): Promise<readonly string[]> {
    const statement = 'SELECT mac FROM mac_sequence WHERE network_id = $1 AND judged IS NOT NULL ORDER BY mac';
    const rows: { mac: string }[] = await this.world.database.query(statement, [this.id]);
    return rows.map((row) => row.mac);
  }

  /** On what clouds do not agree: kind and MAC or IP. */
  async conflicts(): Promise<readonly string[]> {
    const statement = 'SELECT kind, subject FROM sync_conflict WHERE network_id = $1 ORDER BY kind, subject';
    const rows: { kind: string; subject: string }[] = await this.world.database.query(statement, [this.id]);
    return rows.map(({ kind, subject }) => `${kind} ${subject}`);
  }

  /** Where PostgreSQL keeps what is remembered: it is elsewhere once it was written. */
  async places(): Promise<readonly object[]> {
    const of = (table: Remembering) => `SELECT '${table}', ctid::text, mac FROM ${table} WHERE network_id = $1`;
    return this.world.database.query(`${of('mac_sequence')} UNION ALL ${of('ip_claim')} ORDER BY 1, 2`, [this.id]);
  }

  async known(): Promise<readonly unknown[]> {
    return Promise.all(
      KNOWN.map((each) =>
        this.world.database.query(`SELECT * FROM (${each}) AS known ORDER BY known::text`, [this.id]),
      ),
    );
  }

  /** Where the MAC is and with which IPs, as readers are told. */
  async told(mac: string): Promise<{ readonly by: string; readonly ips: readonly string[] } | undefined> {
    const statement = `SELECT row::jsonb AS row FROM derived_row WHERE table_name = 'network/' || $1 AND key = 'mac/' || $2`;
    const [found]: { row: { ips: string[]; place: { connection?: string } } }[] = await this.world.database.query(
      statement,
      [this.id, mac],
    );
    if (found === undefined) return undefined;
    const { ips, place } = found.row;
    return { by: CLOUDS.find((cloud) => this.stretches[cloud] === place.connection) ?? 'north', ips };
  }

  /** Nothing can be said of a network that is not shared. */
  private pushes(
    cloud: OtherCloud,
    write: (tx: FactsTransaction, table: string) => Promise<readonly string[]>,
  ): Promise<void> {
    const stretch = this.stretches[cloud];
    const table = importTable.table(cloud, stretch);
    return this.world.facts.commit(async (tx) => {
      const stored: unknown[] = await tx.db.query('SELECT FROM sync_stretch WHERE id = $1', [stretch]);
      if (stored.length === 0) return;
      const made = `INSERT INTO pushed_table (name, client, epoch, position) VALUES ($1, 'sync', 0, 0) ON CONFLICT DO NOTHING`;
      await tx.db.query(made, [table]);
      markImported(tx, { network: this.id }, await write(tx, table));
    });
  }

  private async deletePorts(tx: FactsTransaction, mac: string, ip: string): Promise<void> {
    const [gone]: [{ mac_address: string }[], number] = await tx.db.query(
      `DELETE FROM port WHERE network_id = $1 AND (mac_address = $2 OR fixed_ips @> jsonb_build_array(jsonb_build_object('ip_address', $3::text)))
       RETURNING mac_address`,
      [this.id, mac, ip],
    );
    tx.mark(...gone.map((port) => markMac(this.id, port.mac_address)));
  }
}

/** An IP that it is not bound to is one of an address pair. */
const ipOf = (mac: string, ip: string, isBound: boolean): Partial<NewPort> =>
  isBound ? { fixed_ips: [{ ip_address: ip }] } : { allowed_address_pairs: [{ mac_address: mac, ip_address: ip }] };
