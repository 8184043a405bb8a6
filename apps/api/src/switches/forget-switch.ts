import { learnedTable, switchTable } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { tablesOf } from './open-session.js';
import { lockSwitch } from './switch-store.js';
import { SwitchEntity } from './switch.entity.js';

@Injectable()
export class ForgetSwitch {
  constructor(private readonly facts: Facts) {}

  /** Removes the switch and everything it has reported; refused while networks are connected to it. */
  run(name: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      await tx.lock('switch', name, 'exclusive');
      const forgotten = await lockSwitch(tx.db, name);
      requireRevision(forgotten, ifMatch);
      const client_id = forgotten.id;
      const [used]: unknown[] = await tx.db.query('SELECT 1 FROM binding WHERE device_name = $1 LIMIT 1', [name]);
      if (used !== undefined) throw conflict('L2SwitchInUse', `L2 Switch ${name} still has networks connected to it.`);
      await tx.markSelected(
        `SELECT DISTINCT 'network/' || (row ->> 'logicalSwitch'), 'mac/' || (row ->> 'mac') FROM pushed_row
         WHERE table_name = $1 AND row <> '{}'`,
        [learnedTable.table(client_id)],
      );
      await tx.db.query('DELETE FROM pushed_table WHERE name = ANY ($1::text[])', [tablesOf(client_id)]);
      await tx.db.delete(SwitchEntity, { id: client_id });
      tx.tell({ noun: 'switch', change: 'deleted', id: name });
      tx.mark({ table: switchTable.table(client_id), key: '' });
    });
  }
}
