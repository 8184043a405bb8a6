import { randomUUID } from 'node:crypto';
import { parseVtepIp } from '@l2gw/l2';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { Caller } from '../http/caller.js';
import { Quotas } from '../quotas/quotas.js';
import type { CreateRemoteGatewayBody } from './remote-gateway.body.js';
import { RemoteGatewayEntity } from './remote-gateway.entity.js';

@Injectable()
export class CreateRemoteGateway {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Names a VTEP of another cloud; nothing leads there until a network is stretched to it. Answers its id. */
  async run(caller: Caller, body: CreateRemoteGatewayBody): Promise<string> {
    const id = randomUUID();
    const project_id = body.project_id ?? caller.projectId;
    await this.facts.commit(async (tx) => {
      const ipaddr = parseVtepIp(body.ipaddr ?? '');
      await tx.db.insert(RemoteGatewayEntity, { id, name: body.name ?? '', ipaddr, project_id });
      tx.tell({ noun: 'remote-gateway', change: 'created', id, revision: 1 });
      await this.quotas.require(tx, 'l2_remote_gateway', project_id);
    });
    return id;
  }
}
