import { randomUUID } from 'node:crypto';
import { parseMac } from '@l2gw/l2';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { detailOf, violates } from '../database/violation.js';
import type { Caller } from '../http/caller.js';
import type { News } from '../events/summaries.js';
import { conflict } from '../http/neutron-error.js';
import { Quotas } from '../quotas/quotas.js';
import { ChosenMacs } from './chosen-macs.js';
import { addressInUse } from './fixed-ip-store.js';
import { networkNotFound } from './inventory-store.js';
import { type WantedPort, placePorts, withoutSubnets } from './place-ports.js';
import { extrasAfter } from './port-extras.js';
import type { CreatePortBody, WantedPair } from './port.body.js';
import { type AddressPair, PortEntity } from './port.entity.js';
import { insertPorts, insertPortsIfFree } from './port-store.js';

/** As often as Neutron (`mac_generation_retries`). */
const MOST_TRIES = 16;

@Injectable()
export class CreatePorts {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Stores one port or many: all of them, or none. Answers in the order of the bodies. */
  async run(caller: Caller, bodies: readonly CreatePortBody[]): Promise<readonly PortEntity[]> {
    const macs = new ChosenMacs(bodies);
    for (let tries = 1; ; tries += 1) {
      const ports = bodies.map((body, at) => portOf(caller, body, macs.of(at)));
      try {
        const stored = await this.store(ports);
        this.facts.tell(...stored.map(created));
        const byId = new Map(stored.map((port) => [port.id, port]));
        return ports.flatMap((port) => byId.get(port.id) ?? []);
      } catch (error) {
        const isTaken = violates(error, 'port_network_id_mac_address_key');
        if (isTaken && tries < MOST_TRIES && (await macs.replaceTaken(this.facts.db))) continue;
        if (isTaken) throw macInUse(ports, error);
        if (violates(error, 'port_network_id_fkey')) throw networkNotFound(idIn(error) ?? '');
        throw addressInUse(error) ?? error;
      }
    }
  }

  /** Where no network has subnets, and no project a limit, one statement does it all. */
  private async store(ports: readonly WantedPort[]): Promise<readonly PortEntity[]> {
    if (!ports.some(namesSubnet)) {
      const unplaced = ports.map(withoutSubnets);
      const stored = await this.facts.markingStatement((db, audit) =>
        insertPortsIfFree(db, unplaced, { limit: this.quotas.defaults.port, audit: audit(unplaced) }),
      );
      if (stored.length > 0) return stored;
    }
    return this.facts.commit(async (tx) => {
      tx.marked = true;
      const stored = await insertPorts(tx.db, await placePorts(tx.db, ports));
      const projects = [...new Set(ports.map((port) => port.project_id))].sort();
      for (const project of projects) await this.quotas.require(tx, 'port', project);
      return stored;
    });
  }
}

function created({ id, network_id, revision_number }: PortEntity): News {
  return { noun: 'port', change: 'created', id, network_id, revision: revision_number };
}

function namesSubnet(port: WantedPort): boolean {
  return port.fixed_ips?.some((each) => each.subnet_id !== undefined) ?? false;
}

function portOf(caller: Caller, body: CreatePortBody, mac_address: string): WantedPort {
  return {
    id: randomUUID(),
    network_id: body.network_id,
    name: body.name ?? '',
    description: body.description ?? '',
    project_id: body.project_id ?? caller.projectId,
    mac_address,
    fixed_ips: body.fixed_ips ?? undefined,
    allowed_address_pairs: pairsOf(body.allowed_address_pairs ?? [], mac_address),
    host_id: body['binding:host_id'] ?? '',
    vnic_type: body['binding:vnic_type'] ?? 'normal',
    profile: body['binding:profile'] ?? {},
    device_id: body.device_id ?? '',
    device_owner: body.device_owner ?? '',
    admin_state_up: body.admin_state_up ?? true,
    extras: extrasAfter({}, body),
  };
}

/** Address pairs as they are stored: with a MAC each, the port's own where none was given. */
export function pairsOf(wanted: readonly WantedPair[], ownMac: string): readonly AddressPair[] {
  return wanted.map((pair) => ({
    mac_address: pair.mac_address === undefined ? ownMac : parseMac(pair.mac_address),
    ip_address: pair.ip_address,
  }));
}

/** Names the MAC that PostgreSQL refused, as found in its detail: `Key (network_id, mac_address)=(…, …) already exists.` */
function macInUse(ports: readonly WantedPort[], error: unknown): Error {
  const mac = /([0-9a-f]{2}:){5}[0-9a-f]{2}/.exec(detailOf(error))?.[0] ?? ports[0]?.mac_address;
  const network = ports.find((port) => port.mac_address === mac)?.network_id ?? '';
  return conflict(
    'MacAddressInUse',
    `Unable to complete operation for network ${network}. The mac address ${mac} is in use.`,
  );
}

/** The id in PostgreSQL's detail: `Key (network_id)=(…) is not present in table "network".` */
function idIn(error: unknown): string | undefined {
  return /=\(([0-9a-f-]{36})\)/.exec(detailOf(error))?.[1];
}
