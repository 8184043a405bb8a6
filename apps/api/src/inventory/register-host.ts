import { randomUUID } from 'node:crypto';
import { type VtepIp, parseVtepIp } from '@l2gw/l2';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Facts } from '../database/facts.js';
import { invalidAttribute, spelled } from '../http/neutron-error.js';
import type { RegisterHostBody } from './host.body.js';
import { HostEntity } from './host.entity.js';
import { lockPorts, markHost, vtepOf } from './host-store.js';

@Injectable()
export class RegisterHost {
  constructor(private readonly facts: Facts) {}

  /** Idempotent by host and type. When the host's VTEP changes, everything that lies behind it is marked. */
  run(body: RegisterHostBody): Promise<HostEntity> {
    const configurations = body.configurations ?? {};
    const vtepIp = tunnelIpOf(configurations);
    return this.facts.commit(async (tx) => {
      const same = await tx.db.existsBy(HostEntity, {
        host: body.host,
        agent_type: body.agent_type,
        vtep_ip: vtepIp ?? IsNull(),
      });
      if (!same) await lockPorts(tx);
      const before = await vtepOf(tx.db, body.host);
      const [row]: HostEntity[] = await tx.db.query(
        `INSERT INTO host (id, host, agent_type, binary_name, topic, admin_state_up, configurations, vtep_ip)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (host, agent_type) DO UPDATE SET binary_name = excluded.binary_name, topic = excluded.topic,
           configurations = excluded.configurations, vtep_ip = excluded.vtep_ip, heartbeat_at = now()
         RETURNING *`,
        [
          randomUUID(),
          body.host,
          body.agent_type,
          body.binary ?? '',
          body.topic ?? '',
          body.admin_state_up ?? true,
          configurations,
          vtepIp,
        ],
      );
      await markHost(tx, body.host, before);
      if (row === undefined) throw new Error('an upsert without a row');
      return row;
    });
  }
}

/** The VTEP IP of an agent that ends VXLAN tunnels, else null. Throws 400 for an address that cannot be one. */
function tunnelIpOf(configurations: Readonly<Record<string, unknown>>): VtepIp | null {
  const { tunneling_ip: ip, tunnel_types: types } = configurations;
  const vxlan = types === undefined || (Array.isArray(types) && types.includes('vxlan'));
  if (ip === undefined || ip === null || ip === '' || !vxlan) return null;
  try {
    return parseVtepIp(String(ip));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidAttribute(
      'configurations',
      `tunneling_ip '${spelled(ip)}' is not an IPv4 address; hardware VTEPs speak VXLAN over IPv4 only.`,
    );
  }
}
