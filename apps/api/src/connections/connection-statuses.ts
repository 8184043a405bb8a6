import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { StatusWatch } from '../events/status-watch.js';
import type { Statused, StatusKey, StatusSource } from '../events/status-source.js';
import { isUuid } from '../http/attributes.js';
import { AgentLife } from '../switches/agent-life.js';
import { statusOf } from './connection-status.js';
import { CONNECTIONS, type ConnectionRow } from './connection-store.js';
import { switchStatesOf } from './switch-states.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The statuses of connections, for events. */
@Injectable()
export class ConnectionStatuses implements StatusSource, OnModuleInit {
  readonly noun = 'connection';

  constructor(
    private readonly facts: Facts,
    private readonly life: AgentLife,
    private readonly watch: StatusWatch,
  ) {}

  onModuleInit(): void {
    this.watch.add(this);
  }

  async of(keys: readonly StatusKey[]): Promise<readonly Statused[]> {
    const known = keys.filter(({ network }) => network === undefined || isUuid(network));
    const rows: ConnectionRow[] = await this.facts.db.query(
      `SELECT * FROM ${CONNECTIONS} AS listed WHERE id IN (
         SELECT connection_id FROM unnest($1::text[], $2::uuid[]) AS wanted (switch_id, network)
         JOIN switch ON switch.id = switch_id
         JOIN binding ON device_name = switch.name AND (network IS NULL OR network_id = network))`,
      [known.map((key) => key.switch), known.map((key) => key.network ?? null)],
    );
    return rows.map((row) => this.statusOf(row));
  }

  async after(id: string | undefined, most: number): Promise<readonly Statused[]> {
    const rows: ConnectionRow[] = await this.facts.db.query(
      `SELECT * FROM ${CONNECTIONS} AS listed WHERE id > $1 ORDER BY id LIMIT $2`,
      [id ?? BEFORE_ALL, most],
    );
    return rows.map((row) => this.statusOf(row));
  }

  private statusOf(row: ConnectionRow): Statused {
    const { status, reason } = statusOf(switchStatesOf(row, this.life));
    const { id, network_id, revision_number: revision } = row;
    return { id, network_id, status, status_reason: reason, revision };
  }
}
