import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgentLife } from '../switches/agent-life.js';
import { type Reported, switchStatusOf } from '../switches/switch-status.js';
import type { SwitchSettings } from '../switches/switch-settings.js';
import type { Statused, StatusKey, StatusSource } from './status-source.js';
import { StatusWatch } from './status-watch.js';

interface StatusRow {
  readonly id: string;
  readonly name: string;
  readonly report: (Reported & { readonly faults?: readonly string[] }) | null;
  readonly revision: number;
  readonly settings: SwitchSettings;
}

const STATUSES = `SELECT switch.id, switch.name, report.row AS report, switch.revision_number AS revision, switch.settings FROM switch
  LEFT JOIN pushed_row AS report ON report.table_name = 'report/' || switch.id AND report.key = 'switch'`;

/** The statuses of switches, for events. */
@Injectable()
export class SwitchStatuses implements StatusSource, OnModuleInit {
  readonly noun = 'switch';

  constructor(
    private readonly dataSource: DataSource,
    private readonly life: AgentLife,
    private readonly watch: StatusWatch,
  ) {}

  onModuleInit(): void {
    this.watch.add(this);
  }

  async of(keys: readonly StatusKey[]): Promise<readonly Statused[]> {
    const ids = keys.filter((key) => key.network === undefined).map((key) => key.switch);
    if (ids.length === 0) return [];
    const rows: StatusRow[] = await this.dataSource.query(`${STATUSES} WHERE switch.id = ANY ($1::text[])`, [ids]);
    return rows.map((row) => this.statusOf(row));
  }

  /** Switches are called by their names. */
  async after(name: string | undefined, most: number): Promise<readonly Statused[]> {
    const rows: StatusRow[] = await this.dataSource.query(
      `${STATUSES} WHERE switch.name > $1 ORDER BY switch.name LIMIT $2`,
      [name ?? '', most],
    );
    return rows.map((row) => this.statusOf(row));
  }

  private statusOf({ id, name, report, revision, settings }: StatusRow): Statused {
    const faults = report?.faults ?? [];
    return {
      id: name,
      ...switchStatusOf(
        report ?? undefined,
        { silent: this.life.silent(id), readOnly: this.life.readOnly(id) },
        settings,
      ),
      faults,
      revision,
    };
  }
}
