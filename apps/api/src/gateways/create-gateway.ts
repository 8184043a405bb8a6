import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { Caller } from '../http/caller.js';
import { devicesOf } from './devices.js';
import type { CreateGatewayBody } from './gateway.body.js';
import type { GatewayEntity } from './gateway.entity.js';

@Injectable()
export class CreateGateway {
  constructor(private readonly facts: Facts) {}

  /** Stores the gateway. Whether its switches and ports exist is asked when a network is connected. */
  async run(caller: Caller, body: CreateGatewayBody): Promise<GatewayEntity> {
    const devices = devicesOf(body.devices).map((device) => ({ id: randomUUID(), ...device }));
    const [row]: GatewayEntity[] = await this.facts.db.query(
      'INSERT INTO l2_gateway (id, name, project_id, devices) VALUES ($1, $2, $3, $4) RETURNING *',
      [randomUUID(), body.name ?? '', body.project_id ?? caller.projectId, JSON.stringify(devices)],
    );
    if (row === undefined) throw new Error('an insert without a row');
    this.facts.tell({ noun: 'gateway', change: 'created', id: row.id, revision: row.revision_number });
    return row;
  }
}
