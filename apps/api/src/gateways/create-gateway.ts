import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { Caller } from '../http/caller.js';
import { Quotas } from '../quotas/quotas.js';
import { devicesOf } from './devices.js';
import type { CreateGatewayBody } from './gateway.body.js';
import type { GatewayEntity } from './gateway.entity.js';

@Injectable()
export class CreateGateway {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Stores the gateway. Whether its switches and ports exist is asked when a network is connected. */
  run(caller: Caller, body: CreateGatewayBody): Promise<GatewayEntity> {
    const devices = devicesOf(body.devices).map((device) => ({ id: randomUUID(), ...device }));
    return this.facts.commit(async (tx) => {
      const [row]: GatewayEntity[] = await tx.db.query(
        'INSERT INTO l2_gateway (id, name, project_id, devices) VALUES ($1, $2, $3, $4) RETURNING *',
        [randomUUID(), body.name ?? '', body.project_id ?? caller.projectId, JSON.stringify(devices)],
      );
      if (row === undefined) throw new Error('an insert without a row');
      tx.tell({ noun: 'gateway', change: 'created', id: row.id, revision: row.revision_number });
      await this.quotas.require(tx, 'l2_gateway', row.project_id);
      return row;
    });
  }
}
