import { subnetResource } from '../../inventory/subnet.body.js';
import { subnetListing } from '../../inventory/subnet.view.js';
import type { Noun } from '../noun.js';
import { flag, integer, ip, ipVersion, list, nullable, oneOf, prefix, record, text, uuid } from '../schema.js';
import { PROJECT, STAMPS } from './common.js';

const MODE = oneOf(['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless']);
const POOLS = list(record({ start: ip(), end: ip() }), 'From which ports get addresses.');
const ROUTES = list(record({ destination: prefix(), nexthop: ip() }));

export const subnet: Noun = {
  name: 'Subnet',
  says: 'subnet',
  singular: 'subnet',
  plural: 'subnets',
  resource: subnetResource,
  listing: subnetListing,
  routes: { 'POST ': { refers: true } },
  attributes: {
    id: uuid(),
    name: text('Need not be unique.', { maxLength: 255 }),
    ...PROJECT,
    network_id: uuid(),
    ip_version: integer('', { enum: [4, 6] }),
    subnetpool_id: { type: 'null' },
    enable_dhcp: flag(),
    ipv6_ra_mode: nullable(MODE),
    ipv6_address_mode: nullable(MODE),
    gateway_ip: nullable(ip('The first address if absent in a request; null for none.')),
    cidr: text('The prefix.', { example: '192.0.2.0/24' }),
    allocation_pools: POOLS,
    host_routes: ROUTES,
    dns_nameservers: list(ip()),
    description: text('', { maxLength: 255 }),
    service_types: list(text()),
    tags: list(text()),
    ...STAMPS,
  },
  asked: {
    cidr: prefix(),
    ip_version: nullable(ipVersion('That of the `cidr` if absent.')),
    ipv6_ra_mode: MODE,
    ipv6_address_mode: MODE,
    allocation_pools: nullable(POOLS),
    host_routes: nullable(ROUTES),
    dns_nameservers: nullable(list(ip())),
  },
};
