import { randomUUID } from 'node:crypto';
import { parseVtepIp } from '@l2gw/l2';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { Caller } from '../http/caller.js';
import type { CreateRemoteGatewayBody } from './remote-gateway.body.js';
import { RemoteGatewayEntity } from './remote-gateway.entity.js';

@Injectable()
export class CreateRemoteGateway {
  constructor(private readonly facts: Facts) {}

  /** Names a VTEP of another cloud; nothing leads there until a network is stretched to it. Answers its id. */
  async run(caller: Caller, body: CreateRemoteGatewayBody): Promise<string> {
    const id = randomUUID();
    await this.facts.commit((tx) =>
      tx.db.insert(RemoteGatewayEntity, {
        id,
        name: body.name ?? '',
        ipaddr: parseVtepIp(body.ipaddr ?? ''),
        project_id: body.project_id ?? caller.projectId,
      }),
    );
    return id;
  }
}
