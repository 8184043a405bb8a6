import { hostResource } from '../../inventory/host.body.js';
import { hostListing } from '../../inventory/host.view.js';
import type { Noun } from '../noun.js';
import { dictionary, flag, nullable, text, uuid } from '../schema.js';

const TIME = text('UTC.', { example: '2026-01-01 00:00:00' });

/** Compute hosts. */
export const agent: Noun = {
  name: 'Agent',
  says: 'agent of a compute host',
  singular: 'agent',
  plural: 'agents',
  resource: hostResource,
  listing: hostListing,
  attributes: {
    id: uuid(),
    agent_type: text('', { maxLength: 255, example: 'Open vSwitch agent' }),
    binary: text(),
    topic: text(),
    host: text('What ports name as `binding:host_id`.', { maxLength: 255 }),
    admin_state_up: flag(),
    alive: flag('Always true: nothing here depends on life signs of hosts.'),
    availability_zone: { type: 'null' },
    description: { type: 'null' },
    configurations: dictionary('`tunneling_ip` is the VTEP IP of the host.'),
    created_at: TIME,
    started_at: TIME,
    heartbeat_timestamp: TIME,
    resources_synced: { type: 'null' },
  },
  asked: { configurations: nullable(dictionary('`tunneling_ip` is the VTEP IP of the host.')) },
  routes: { 'POST ': { summary: 'Registers an agent of a compute host, or renews what it says of itself' } },
};
