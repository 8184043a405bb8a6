import { Injectable } from '@nestjs/common';
import { type ClientId, learnedTable, reportTable, switchClientId, switchTable } from '@l2gw/contracts';
import { Facts } from '../database/facts.js';

@Injectable()
export class OpenSession {
  constructor(private readonly facts: Facts) {}

  /**
   * Issues the next epoch to the agent of this switch, which it may push under; everybody's older epochs end. It is above every epoch
   * that was ever pushed under, also one that a database restored from a backup does not remember to have issued.
   * A switch that nobody announced becomes known by this.
   */
  run(switchName: string): Promise<number> {
    const id = switchClientId(switchName);
    return this.facts.commit(async (tx) => {
      const [row]: { epoch: string; fresh: boolean }[] = await tx.db.query(
        `INSERT INTO switch (id, name, announced, epoch) VALUES ($1, $2, false, 1)
         ON CONFLICT (id) DO UPDATE
           SET epoch = greatest(switch.epoch, (SELECT max(epoch) FROM pushed_table WHERE client = excluded.id)) + 1
         RETURNING epoch, (epoch = 1) AS fresh`,
        [id, switchName],
      );
      if (row?.fresh === true) {
        tx.mark({ table: switchTable.table(id), key: '' });
        tx.tell({ noun: 'switch', change: 'created', id: switchName });
      }
      await tx.db.query(
        `INSERT INTO pushed_table (name, client, epoch, position) SELECT name, $2, 0, 0 FROM unnest($1::text[]) AS name
         ON CONFLICT (name) DO NOTHING`,
        [tablesOf(id), id],
      );
      return Number(row?.epoch);
    });
  }
}

/** The tables that the agent of this switch may push. */
export function tablesOf(client: ClientId): readonly string[] {
  return [reportTable.table(client), learnedTable.table(client)];
}
