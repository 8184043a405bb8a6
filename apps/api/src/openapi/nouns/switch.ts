import { SWITCH_CAPABILITIES } from '@l2gw/contracts';
import { MOST_LOCATORS, MOST_MS, MOST_ROOM, REPLICATION_MODES } from '../../switches/switch-settings.js';
import { switchResource } from '../../switches/switch.body.js';
import { switchListing } from '../../switches/switch.view.js';
import type { Noun } from '../noun.js';
import { dictionary, flag, integer, list, mac, nullable, oneOf, record, text, uuid, vtepIp } from '../schema.js';
import { STAMPS, STATUS_REASON } from './common.js';

const MANAGEMENT = record(
  {
    endpoint: text('', { maxLength: 255, example: 'ssl:10.0.0.1:6640' }),
    credentials: text('Name of a secret.', { maxLength: 255 }),
  },
  ['endpoint', 'credentials'],
);
const INTERVAL = integer('Milliseconds.', { minimum: 1, maximum: MOST_MS });
const BFD = record({ enable: flag(), min_rx: INTERVAL, min_tx: INTERVAL }, ['min_rx', 'min_tx']);
const TUNNEL = record({
  remote_ip: vtepIp(),
  state: text('Of BFD; empty without.'),
  fault: text('Why it does not forward, in the switch’s words.'),
});
const BINDING = record({ vlan: integer(), network_id: text() });
const LEARNED = record({ mac: mac(), network_id: uuid(), ip_address: nullable(text()), vtep_ip: nullable(text()) });

export const l2Switch: Noun = {
  name: 'L2Switch',
  says: 'switch',
  singular: 'l2_switch',
  plural: 'l2_switches',
  resource: switchResource,
  listing: switchListing(() => false),
  attributes: {
    id: text('Its name.'),
    name: text('`Physical_Switch.name`.'),
    client_id: text('By which its agent is known on the bus.'),
    description: text('', { maxLength: 255 }),
    announced: flag('An operator said that it will come.'),
    model: text('', { maxLength: 255 }),
    capabilities: list(oneOf(SWITCH_CAPABILITIES)),
    management: { ...MANAGEMENT, description: 'How its agent reaches it.' },
    status: oneOf(['UNKNOWN', 'CONNECTED', 'DISCONNECTED', 'MISSING', 'SILENT']),
    status_reason: STATUS_REASON,
    replication_mode: nullable(oneOf(REPLICATION_MODES, 'As L2GW_REPLICATION says if null.')),
    service_nodes: nullable(list(vtepIp(), 'VTEP IPs of replicators.')),
    max_flood_locators: nullable(
      integer('How many members of a flood set it honours.', { minimum: 1, maximum: MOST_LOCATORS }),
    ),
    max_macs: nullable(integer('How many rows of MACs it has room for.', { minimum: 1, maximum: MOST_ROOM })),
    max_networks: nullable(integer('How many networks it has room for.', { minimum: 1, maximum: MOST_ROOM })),
    tunnel_ip: nullable(vtepIp('The one of its tunnel IPs by which others reach it.')),
    bfd: nullable({ ...BFD, description: 'Whether its tunnels are watched; left as it is if null.' }),
    tunnel_ips: list(text()),
    vtep_ip: nullable(vtepIp('By which others reach it.')),
    tunnels: list(TUNNEL, 'As the switch sees them.'),
    management_ips: list(text()),
    schema_version: nullable(text('Of its `hardware_vtep` database.')),
    faults: list(text()),
    ports: list(
      record({
        name: text(),
        description: text(),
        faults: list(text()),
        bindings: list(BINDING, 'VLANs that are bound here.'),
        foreign_bindings: list(dictionary(), 'VLANs that somebody else has bound.'),
      }),
    ),
    ...STAMPS,
  },
  routes: {
    'PUT :id': { summary: 'Announces a switch, or changes what was said of it' },
    'DELETE :id': { summary: 'Forgets a switch' },
    'GET :id/macs': { summary: 'Lists the MACs that a switch has learned', answer: record({ macs: list(LEARNED) }) },
  },
};
