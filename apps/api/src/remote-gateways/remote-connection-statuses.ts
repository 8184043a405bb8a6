import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { Statused, StatusKey, StatusSource } from '../events/status-source.js';
import { StatusWatch } from '../events/status-watch.js';
import { isUuid } from '../http/attributes.js';
import { AgentLife } from '../switches/agent-life.js';
import { REMOTE_CONNECTIONS, type RemoteConnectionRow } from './remote-connection-store.js';
import { remoteStatusOf } from './remote-connection.view.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The statuses of remote gateway connections, for events. */
@Injectable()
export class RemoteConnectionStatuses implements StatusSource, OnModuleInit {
  readonly noun = 'remote-connection';

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
    const rows: RemoteConnectionRow[] = await this.facts.db.query(
      `SELECT * FROM ${REMOTE_CONNECTIONS} AS listed WHERE EXISTS (
         SELECT FROM unnest($1::text[], $2::uuid[]) AS wanted (switch_id, network) JOIN switch ON switch.id = switch_id
         JOIN binding ON device_name = switch.name AND (network IS NULL OR binding.network_id = network)
         JOIN l2_gateway_connection AS connected ON connected.id = binding.connection_id
         WHERE connected.network_id = listed.network_id AND connected.l2_gateway_id = listed.l2_gateway_id)`,
      [known.map((key) => key.switch), known.map((key) => key.network ?? null)],
    );
    return rows.map((row) => this.statusOf(row));
  }

  async after(id: string | undefined, most: number): Promise<readonly Statused[]> {
    const rows: RemoteConnectionRow[] = await this.facts.db.query(
      `SELECT * FROM ${REMOTE_CONNECTIONS} AS listed WHERE id > $1 ORDER BY id LIMIT $2`,
      [id ?? BEFORE_ALL, most],
    );
    return rows.map((row) => this.statusOf(row));
  }

  private statusOf(row: RemoteConnectionRow): Statused {
    const { status, reason } = remoteStatusOf(row, this.life);
    const { id, network_id, revision_number: revision } = row;
    return { id, network_id, status, status_reason: reason, revision };
  }
}
