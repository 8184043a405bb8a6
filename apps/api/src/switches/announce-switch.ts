import { switchClientId, switchTable } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { requireRevision } from '../http/precondition.js';
import type { AnnounceBody } from './switch.body.js';
import type { WantedSettings } from './switch-settings.js';
import { markSwitch } from './mark-pushed.js';
import { lockSwitch } from './switch-store.js';

@Injectable()
export class AnnounceSwitch {
  constructor(private readonly facts: Facts) {}

  /** Says that a switch will come, so that networks can be connected to it before its agent has ever spoken. Idempotent. */
  run(name: string, body: AnnounceBody, ifMatch?: number): Promise<void> {
    const { description, model, capabilities, management, ...rest } = body;
    const settings: WantedSettings = rest;
    const id = switchClientId(name);
    return this.facts.commit(async (tx) => {
      if (ifMatch !== undefined) requireRevision(await lockSwitch(tx.db, name), ifMatch);
      await tx.db.query(
        `INSERT INTO switch (id, name, announced, description, model, capabilities, management, settings)
         VALUES ($1, $2, true, coalesce($3, ''), coalesce($4, ''), coalesce($5::text[], '{}'), coalesce($6::jsonb, '{}'), jsonb_strip_nulls($7::jsonb))
         ON CONFLICT (id) DO UPDATE SET announced = true, description = coalesce($3, switch.description),
           model = coalesce($4, switch.model), capabilities = coalesce($5, switch.capabilities),
           management = coalesce($6, switch.management), settings = jsonb_strip_nulls(switch.settings || $7::jsonb), updated_at = now(), revision_number = switch.revision_number + 1`,
        [id, name, description ?? null, model ?? null, capabilities ?? null, management ?? null, settings],
      );
      tx.tell({ noun: 'switch', change: 'updated', id: name });
      tx.mark({ table: switchTable.table(id), key: '' });
      if (settings.tunnel_ip !== undefined) await markSwitch(tx, name);
      else if (capabilities !== undefined) await markBorders(tx, name);
    });
  }
}

/** What the switch can do tells what it is good for as a border to other clouds. */
function markBorders(tx: FactsTransaction, name: string): Promise<void> {
  return tx.markSelected(
    `SELECT DISTINCT 'network/' || network_id, 'remote/' || stretch.id
     FROM binding JOIN remote_gateway_connection AS stretch USING (network_id) WHERE device_name = $1`,
    [name],
  );
}
