import type { Listing } from '../http/listing.js';
import type { HostEntity } from './host.entity.js';

/** A host's agent as Neutron shows it. Nothing here depends on its life signs, so it counts as alive until it is forgotten. */
export function hostView(row: HostEntity): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    agent_type: row.agent_type,
    binary: row.binary_name,
    topic: row.topic,
    host: row.host,
    admin_state_up: row.admin_state_up,
    alive: true,
    availability_zone: null,
    description: null,
    configurations: row.configurations,
    created_at: spaced(row.created_at),
    started_at: spaced(row.created_at),
    heartbeat_timestamp: spaced(row.heartbeat_at),
    resources_synced: null,
  };
}

/** A time as Neutron writes it for agents: UTC with a blank. */
function spaced(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

export const hostListing: Listing<HostEntity> = {
  from: 'host',
  path: '/v2.0/agents',
  plural: 'agents',
  attributes: {
    id: 'listed.id',
    host: 'listed.host',
    agent_type: 'listed.agent_type',
    binary: 'listed.binary_name',
    topic: 'listed.topic',
    admin_state_up: 'listed.admin_state_up',
  },
  flags: ['admin_state_up'],
  view: hostView,
};
