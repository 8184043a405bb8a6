import { switchClientId, switchTable } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';

@Injectable()
export class AnnounceSwitch {
  constructor(private readonly facts: Facts) {}

  /** Says that a switch will come, so that networks can be connected to it before its agent has ever spoken. Idempotent. */
  run(name: string, description: string | undefined): Promise<void> {
    const id = switchClientId(name);
    return this.facts.commit(async (tx) => {
      await tx.db.query(
        `INSERT INTO switch (id, name, description, announced) VALUES ($1, $2, coalesce($3, ''), true)
         ON CONFLICT (id) DO UPDATE SET announced = true, description = coalesce($3, switch.description),
           updated_at = now(), revision_number = switch.revision_number + 1`,
        [id, name, description ?? null],
      );
      tx.tell({ noun: 'switch', change: 'updated', id: name });
      tx.mark({ table: switchTable.table(id), key: '' });
    });
  }
}
