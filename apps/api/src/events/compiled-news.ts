import { networkTable } from '@l2gw/contracts';
import type { RevisedOp, TableDelta } from '@l2gw/tables';
import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import type { ConflictNews } from '../compiling/conflict-rows.js';
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
    private readonly log: Log,
  ) {}

  /** This replica has become the active one. */
  begin(): void {
    this.statuses.begin();
  }

  end(): void {
    this.statuses.end();
  }

  /** Conflicts between clouds that have begun or ended: each is told and logged once. */
  conflicts(all: readonly ConflictNews[]): void {
    for (const { text, ...conflict } of all)
      if (text !== undefined) this.log.warn('sync-conflict', { ...conflict, text });
    this.events.tell(...all.map(conflictNews));
  }

  written(deltas: readonly TableDelta[]): void {
    for (const { table, ops } of deltas) {
      const [kind, name = ''] = table.split('/');
      if (kind === 'network') this.macs(name, ops);
      if (kind === 'switch' && ops.length > 0)
        this.events.wakeStatus({ switch: name, networks: ops.map((op) => op.key) });
    }
  }

  private macs(network: string, ops: readonly RevisedOp[]): void {
    const macs = ops.filter(({ key }) => key.startsWith(MAC));
    const news = { noun: 'mac', network_id: network } as const;
    this.events.tellEach({ ...news, change: 'placed' }, macs.filter(isThere), macDetails);
    this.events.tellEach(
      { ...news, change: 'vanished' },
      macs.filter((op) => !isThere(op)),
      macDetails,
    );
  }
}

const isThere = ({ row }: RevisedOp): boolean => row !== undefined;

function conflictNews({ network_id, subject: id, kind: status, text }: ConflictNews): News {
  const news = { noun: 'sync-conflict', id, network_id, status } as const;
  return text === undefined ? { ...news, change: 'vanished' } : { ...news, change: 'appeared', status_reason: text };
}

function macDetails({ key, row, revision }: RevisedOp): Partial<News> {
  return { id: key.slice(MAC.length), revision, ...(row === undefined ? {} : vtepIn(row)) };
}

/** A place may be another than a VTEP. */
function vtepIn(row: object): { readonly vtep?: string } {
  const place: unknown = 'place' in row ? row.place : undefined;
  if (typeof place !== 'object' || place === null || !('vtep' in place)) return {};
  return { vtep: String(place.vtep) };
}
