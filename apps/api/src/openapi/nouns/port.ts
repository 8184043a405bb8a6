import { portResource } from '../../inventory/port.body.js';
import { portListing } from '../../inventory/port.view.js';
import type { Noun } from '../noun.js';
import {
  dictionary,
  flag,
  integer,
  ip,
  ipVersion,
  list,
  mac,
  nullable,
  oneOf,
  prefix,
  record,
  text,
  uuid,
} from '../schema.js';
import { PROJECT, STAMPS } from './common.js';

const ADDRESS_OR_PREFIX = { type: 'string', anyOf: [ip(), prefix()] };

export const port: Noun = {
  name: 'Port',
  says: 'port',
  singular: 'port',
  plural: 'ports',
  resource: portResource,
  listing: portListing,
  bulk: true,
  routes: { 'POST ': { refers: true } },
  attributes: {
    id: uuid(),
    name: text('Need not be unique.', { maxLength: 255 }),
    network_id: uuid(),
    ...PROJECT,
    mac_address: mac('A free one if absent in a request.'),
    admin_state_up: flag(),
    status: oneOf(['ACTIVE', 'DOWN'], '`ACTIVE` as soon as it is bound to a host.'),
    device_id: text(),
    device_owner: text(),
    fixed_ips: list(record({ subnet_id: uuid(), ip_address: ip() }, ['subnet_id']), 'Announced for ARP suppression.'),
    allowed_address_pairs: list(record({ mac_address: mac(), ip_address: text('An address or a prefix.') })),
    extra_dhcp_opts: list(record({ opt_name: text(), opt_value: text(), ip_version: integer() })),
    security_groups: list(uuid(), 'For those who enforce them.'),
    description: text('', { maxLength: 255 }),
    'binding:vnic_type': text(),
    'binding:profile': dictionary(),
    'binding:host_id': text('The `host` of an agent: where the MAC is.'),
    'binding:vif_type': oneOf(['unbound', 'other']),
    'binding:vif_details': dictionary(),
    port_security_enabled: flag('For those who enforce it.'),
    tags: list(text()),
    ...STAMPS,
  },
  asked: {
    fixed_ips: nullable(
      list({ ...record({ subnet_id: uuid(), ip_address: ip() }, ['subnet_id', 'ip_address']), minProperties: 1 }),
    ),
    allowed_address_pairs: nullable(
      list(record({ mac_address: mac(), ip_address: ADDRESS_OR_PREFIX }, ['mac_address'])),
    ),
    security_groups: nullable(list(uuid())),
    extra_dhcp_opts: nullable(
      list(
        record(
          {
            opt_name: text('', { minLength: 1, maxLength: 255 }),
            opt_value: nullable(text('Null takes it away.')),
            ip_version: ipVersion(),
          },
          ['ip_version'],
        ),
      ),
    ),
    'binding:profile': nullable(dictionary()),
  },
};
