import { type RibInRow, type SyncRefreshed, ribIn, syncRefresh } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { REMOTE_MAC_STATES } from '../remote-macs/remote-mac-store.js';
import { AskSync } from './ask-sync.js';
import { findPeer } from './peer-store.js';
import { markerOf, readRibIn } from './rib-in-query.js';
import { type Standing, ribInLinks, ribInView } from './rib-in.view.js';

/** What only remote-sync can tell of a peer, now. */
@Injectable()
export class PeerInspection {
  constructor(
    private readonly facts: Facts,
    private readonly ask: AskSync,
  ) {}

  async refresh(id: string): Promise<SyncRefreshed> {
    await findPeer(this.facts.db, id);
    return this.ask.run('refresh', { peer: id }, syncRefresh.decode);
  }

  async ribIn(id: string, query: URLSearchParams): Promise<object> {
    await findPeer(this.facts.db, id);
    const found = await this.ask.run('rib-in', { peer: id, ...readRibIn(query) }, ribIn.decode);
    const standings = await this.standingsOf(found.rows.filter(({ accepted }) => accepted));
    const rows = found.rows.map((row) => ribInView(row, standings.get(markerOf(row))));
    return { rib_in: rows, ...ribInLinks(found, id, query) };
  }

  private async standingsOf(rows: readonly RibInRow[]): Promise<ReadonlyMap<string, Standing>> {
    const found: (Standing & { readonly connection: string; readonly mac: string })[] = await this.facts.db.query(
      `SELECT connection_id AS connection, mac, state, reason FROM (
         SELECT stretch.id AS connection_id, stretch.network_id, stretch.cloud, said.key AS mac, '' AS ipaddr, 'sync' AS origin
         FROM unnest($1::uuid[], $2::text[]) AS wanted (connection, mac) JOIN sync_stretch AS stretch ON stretch.id = wanted.connection
         JOIN pushed_row AS said ON said.table_name = stretch.table_name AND said.key = wanted.mac
       ) AS listed ${REMOTE_MAC_STATES}`,
      [rows.map(({ connection }) => connection), rows.map(({ mac }) => mac)],
    );
    return new Map(found.map(({ state, reason, ...place }) => [markerOf(place), { state, reason }]));
  }
}
