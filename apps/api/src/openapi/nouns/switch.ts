import { SWITCH_CAPABILITIES } from '@l2gw/contracts';
import { switchResource } from '../../switches/switch.body.js';
import { switchListing } from '../../switches/switch.view.js';
import type { Noun } from '../noun.js';
import { dictionary, flag, integer, list, mac, nullable, oneOf, record, text, uuid } from '../schema.js';
import { STAMPS, STATUS_REASON } from './common.js';

const MANAGEMENT = record(
  {
    endpoint: text('', { maxLength: 255, example: 'ssl:10.0.0.1:6640' }),
    credentials: text('Name of a secret.', { maxLength: 255 }),
  },
  ['endpoint', 'credentials'],
);
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
    tunnel_ips: list(text()),
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
