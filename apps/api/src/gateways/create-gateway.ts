import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { Caller } from '../http/caller.js';
import { Quotas } from '../quotas/quotas.js';
import { devicesOf } from './devices.js';
import type { CreateGatewayBody } from './gateway.body.js';
import type { GatewayEntity } from './gateway.entity.js';
import { type NewGateway, insertGateway, insertGatewayIfFree } from './insert-gateway.js';

@Injectable()
export class CreateGateway {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Stores the gateway. Whether its switches and ports exist is asked when a network is connected. */
  async run(caller: Caller, body: CreateGatewayBody): Promise<GatewayEntity> {
    const gateway = {
      id: randomUUID(),
      name: body.name ?? '',
      project_id: body.project_id ?? caller.projectId,
      devices: devicesOf(body.devices).map((device) => ({ id: randomUUID(), ...device })),
    };
    const [stored] = await this.facts.statement((db, audit) =>
      insertGatewayIfFree(db, gateway, { limit: this.quotas.defaults.l2_gateway, audit: audit(gateway) }),
    );
    const row = stored ?? (await this.storeCounted(gateway));
    this.facts.tell({ noun: 'gateway', change: 'created', id: row.id, revision: row.revision_number });
    return row;
  }

  private storeCounted(gateway: NewGateway): Promise<GatewayEntity> {
    return this.facts.commit(async (tx) => {
      const row = await insertGateway(tx.db, gateway);
      await this.quotas.require(tx, 'l2_gateway', row.project_id);
      return row;
    });
  }
}
