import { networkTable } from '@l2gw/contracts';
import type { RevisedOp, TableDelta } from '@l2gw/tables';
import { Injectable } from '@nestjs/common';
import { Events } from './events.js';
import type { News } from './summaries.js';
import { StatusWatch } from './status-watch.js';

const MAC = networkTable.macKey('');

/** What the active compiler has committed, as events; its replica is also the one that tells of statuses. */
@Injectable()
export class CompiledNews {
  constructor(
    private readonly events: Events,
    private readonly statuses: StatusWatch,
  ) {}

  /** This replica has become the active one. */
  begin(): void {
    this.statuses.begin();
  }

  end(): void {
    this.statuses.end();
  }

  written(deltas: readonly TableDelta[]): void {
    for (const { table, ops } of deltas) {
      const [kind, name = ''] = table.split('/');
      if (kind === 'network') this.events.tell(...ops.flatMap((op) => macNews(name, op)));
      if (kind === 'switch' && ops.length > 0)
        this.events.wakeStatus({ switch: name, networks: ops.map((op) => op.key) });
    }
  }
}

function macNews(network: string, { key, row, revision }: RevisedOp): readonly News[] {
  if (!key.startsWith(MAC)) return [];
  const news = { noun: 'mac', id: key.slice(MAC.length), network_id: network, revision } as const;
  return row === undefined ? [{ ...news, change: 'vanished' }] : [{ ...news, change: 'placed', ...vtepIn(row) }];
}

/** A place may be another than a VTEP. */
function vtepIn(row: object): { readonly vtep?: string } {
  const place: unknown = 'place' in row ? row.place : undefined;
  if (typeof place !== 'object' || place === null || !('vtep' in place)) return {};
  return { vtep: String(place.vtep) };
}
