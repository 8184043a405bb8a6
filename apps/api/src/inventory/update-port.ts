import { parseMac } from '@l2gw/l2';
import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { violates } from '../database/violation.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { pairsOf } from './create-ports.js';
import { addressInUse, replaceFixedIps } from './fixed-ip-store.js';
import { lockPort } from './inventory-store.js';
import { extrasAfter } from './port-extras.js';
import type { UpdatePortBody } from './port.body.js';
import { PortEntity } from './port.entity.js';
import { type NewPort, markPorts, replaceMacs } from './port-store.js';

@Injectable()
export class UpdatePort {
  constructor(private readonly facts: Facts) {}

  /** Changes what the body names. Binding the port to another host moves its MACs there. */
  async run(id: string, body: UpdatePortBody, ifMatch?: number): Promise<PortEntity> {
    try {
      return await this.facts.commit((tx) => this.update(tx, id, body, ifMatch));
    } catch (error) {
      if (!violates(error, 'port_network_id_mac_address_key')) throw addressInUse(error) ?? error;
      throw conflict('MacAddressInUse', `Unable to complete operation. The mac address ${body.mac_address} is in use.`);
    }
  }

  private async update(tx: FactsTransaction, id: string, body: UpdatePortBody, ifMatch?: number): Promise<PortEntity> {
    const before = await lockPort(tx.db, id);
    requireRevision(before, ifMatch);
    const { fixed_ips: wishes } = body;
    const renewed = changed(before, body);
    const after = wishes === undefined ? renewed : await replaceFixedIps(tx.db, renewed, wishes ?? []);
    await tx.db.update(
      PortEntity,
      { id },
      {
        ...after,
        updated_at: () => 'now()',
        revision_number: () => 'revision_number + 1',
        ...(after.host_id === before.host_id ? {} : { claim: () => "nextval('claim_sequence')" }),
      },
    );
    await replaceMacs(tx, after);
    await markPorts(tx, before.network_id, [before, after]);
    const stored = await tx.db.findOneByOrFail(PortEntity, { id });
    tx.tell({ noun: 'port', change: 'updated', id, network_id: stored.network_id, revision: stored.revision_number });
    return stored;
  }
}

function changed(before: PortEntity, body: UpdatePortBody): NewPort {
  const mac_address = body.mac_address === undefined ? before.mac_address : parseMac(body.mac_address);
  const pairs = body.allowed_address_pairs;
  return {
    id: before.id,
    network_id: before.network_id,
    project_id: before.project_id,
    name: body.name ?? before.name,
    description: body.description ?? before.description,
    mac_address,
    fixed_ips: before.fixed_ips,
    allowed_address_pairs: pairs === undefined ? before.allowed_address_pairs : pairsOf(pairs ?? [], mac_address),
    host_id: body['binding:host_id'] ?? before.host_id,
    vnic_type: body['binding:vnic_type'] ?? before.vnic_type,
    profile: body['binding:profile'] === undefined ? before.profile : (body['binding:profile'] ?? {}),
    device_id: body.device_id ?? before.device_id,
    device_owner: body.device_owner ?? before.device_owner,
    admin_state_up: body.admin_state_up ?? before.admin_state_up,
    extras: extrasAfter(before.extras, body),
  };
}
