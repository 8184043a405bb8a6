import { NETWORK_TYPES, networkResource } from '../../inventory/network.body.js';
import { networkListing } from '../../inventory/network.view.js';
import type { Noun } from '../noun.js';
import { type Schema, flag, integer, list, nullable, number, oneOf, record, text, uuid } from '../schema.js';
import { PROJECT, STAMPS } from './common.js';

const SEGMENT: Readonly<Record<string, Schema>> = {
  'provider:network_type': oneOf(NETWORK_TYPES),
  'provider:physical_network': nullable(text('Of `vlan` and `flat` only.')),
  'provider:segmentation_id': nullable(integer('The VNI or VLAN.', { example: 5000 })),
};

const WANTED_SEGMENT: Readonly<Record<string, Schema>> = {
  'provider:network_type': oneOf(NETWORK_TYPES, '`vxlan` if absent.'),
  'provider:physical_network': nullable(text('Of `vlan` and `flat` only.')),
  'provider:segmentation_id': nullable(number('The VNI or VLAN; a free VNI if absent.', 1, 16_777_215)),
};

export const network: Noun = {
  name: 'Network',
  says: 'network',
  singular: 'network',
  plural: 'networks',
  resource: networkResource,
  listing: networkListing,
  sometimes: [...Object.keys(SEGMENT), 'segments'],
  attributes: {
    id: uuid(),
    name: text('Need not be unique.', { maxLength: 255 }),
    ...PROJECT,
    admin_state_up: flag(),
    mtu: integer('Bytes.', { example: 1450 }),
    status: oneOf(['ACTIVE']),
    subnets: list(uuid(), 'Ids of its subnets.'),
    shared: flag(),
    'router:external': flag(),
    ...SEGMENT,
    segments: list(record(SEGMENT), 'Instead of the `provider:` attributes, if there are several.'),
    availability_zone_hints: list(text()),
    availability_zones: list(text()),
    ipv4_address_scope: { type: 'null' },
    ipv6_address_scope: { type: 'null' },
    description: text('', { maxLength: 255 }),
    port_security_enabled: flag('For those who enforce it.'),
    tags: list(text()),
    ...STAMPS,
  },
  asked: {
    mtu: nullable(number('Bytes.', 68, 65_535)),
    ...WANTED_SEGMENT,
    segments: nullable({
      ...list(record(WANTED_SEGMENT, Object.keys(WANTED_SEGMENT)), 'Instead of the `provider:` attributes.'),
      minItems: 1,
    }),
  },
};
