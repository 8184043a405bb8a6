import {
  IsAnything,
  IsFlag,
  IsIntegerText,
  IsListOf,
  IsOneOf,
  IsText,
  IsUuid,
  isIp,
  parses,
} from '../http/attributes.js';
import { spelled } from '../http/neutron-error.js';
import type { Resource } from '../http/resource.js';
import { parseCidr } from './address-range.js';
import type { AddressPool, HostRoute } from './subnet.entity.js';

/** What `PUT /v2.0/subnets/{id}` may change. */
export class UpdateSubnetBody {
  @IsText() readonly name?: string;
  @IsText() readonly description?: string;
  @IsFlag() readonly enable_dhcp?: boolean;
  /** Null for none; read by `subnet-addresses.ts`, as it must fit the rest. */
  @IsAnything() readonly gateway_ip?: string | null;
  @IsListOf(poolProblem) readonly allocation_pools?: readonly AddressPool[] | null;
  @IsListOf(serverProblem) readonly dns_nameservers?: readonly string[] | null;
  @IsListOf(routeProblem) readonly host_routes?: readonly HostRoute[] | null;
}

const IPV6_MODES = ['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless'];

/** The body of `POST /v2.0/subnets`. */
export class CreateSubnetBody extends UpdateSubnetBody {
  @IsUuid() readonly network_id: string;
  @IsText() readonly project_id?: string;
  @IsText() readonly cidr: string;
  @IsIntegerText(4, 6) readonly ip_version?: number | string | null;
  @IsOneOf(IPV6_MODES) readonly ipv6_ra_mode?: string;
  @IsOneOf(IPV6_MODES) readonly ipv6_address_mode?: string;
}

export const subnetResource: Resource<CreateSubnetBody, UpdateSubnetBody> = {
  singular: 'subnet',
  plural: 'subnets',
  create: CreateSubnetBody,
  update: UpdateSubnetBody,
  required: ['network_id', 'cidr'],
  readOnly: ['id', 'subnetpool_id', 'service_types', 'tags', 'created_at', 'updated_at', 'revision_number'],
};

function poolProblem(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('start' in item) || !('end' in item)) {
    return `'${spelled(item)}' is not an allocation pool with start and end.`;
  }
  const bad = [item.start, item.end].find((each) => !isIp(each));
  return bad === undefined ? undefined : `'${spelled(bad)}' is not a valid IP address.`;
}

function serverProblem(item: unknown): string | undefined {
  return isIp(item) ? undefined : `'${spelled(item)}' is not a valid IP address.`;
}

function routeProblem(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('destination' in item) || !('nexthop' in item)) {
    return `'${spelled(item)}' is not a route with destination and nexthop.`;
  }
  if (!parses(parseCidr)(item.destination)) return `'${spelled(item.destination)}' is not a valid IP subnet.`;
  return isIp(item.nexthop) ? undefined : `'${spelled(item.nexthop)}' is not a valid IP address.`;
}
