import { IsDictionary, IsFlag, IsListOf, IsMac, IsText, IsUuid, isIp, isMac, isUuid } from '../http/attributes.js';
import { spelled } from '../http/neutron-error.js';
import type { Resource } from '../http/resource.js';
import { type ExtrasBody, type WantedOption, groupProblem, optionProblem } from './port-extras.js';

/** What `PUT /v2.0/ports/{id}` may change. */
export class UpdatePortBody implements ExtrasBody {
  @IsText() readonly name?: string;
  @IsText() readonly description?: string;
  @IsFlag() readonly admin_state_up?: boolean;
  @IsMac() readonly mac_address?: string;
  @IsListOf(fixedIpProblem) readonly fixed_ips?: readonly WantedIp[] | null;
  @IsListOf(addressPairProblem) readonly allowed_address_pairs?: readonly WantedPair[] | null;
  @IsListOf(groupProblem) readonly security_groups?: readonly string[] | null;
  @IsFlag() readonly port_security_enabled?: boolean;
  @IsListOf(optionProblem) readonly extra_dhcp_opts?: readonly WantedOption[] | null;
  @IsText() readonly device_id?: string;
  @IsText() readonly device_owner?: string;
  @IsText() readonly 'binding:host_id'?: string;
  @IsText(64) readonly 'binding:vnic_type'?: string;
  @IsDictionary() readonly 'binding:profile'?: Readonly<Record<string, unknown>> | null;
}

/** The body of `POST /v2.0/ports`; several of them under `ports` make a bulk. */
export class CreatePortBody extends UpdatePortBody {
  @IsUuid() readonly network_id: string;
  @IsText() readonly project_id?: string;
}

/** A fixed IP as it is asked for: this address, or any of this subnet. */
export interface WantedIp {
  readonly subnet_id?: string;
  readonly ip_address?: string;
}

export interface WantedPair {
  /** The port's own MAC if absent. */
  readonly mac_address?: string;
  readonly ip_address: string;
}

export const portResource: Resource<CreatePortBody, UpdatePortBody> = {
  singular: 'port',
  plural: 'ports',
  create: CreatePortBody,
  update: UpdatePortBody,
  required: ['network_id'],
  readOnly: [
    'id',
    'status',
    'binding:vif_type',
    'binding:vif_details',
    'created_at',
    'updated_at',
    'revision_number',
    'tags',
  ],
};

function fixedIpProblem(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return `'${spelled(item)}' is not a dictionary.`;
  const unknown = Object.keys(item).filter((name) => name !== 'ip_address' && name !== 'subnet_id');
  if (unknown.length > 0) return `'${unknown.join(', ')}' is not of a fixed IP.`;
  if (!('ip_address' in item) && !('subnet_id' in item)) return 'IP allocation requires subnet_id or ip_address.';
  if ('subnet_id' in item && !isUuid(item.subnet_id)) return `'${spelled(item.subnet_id)}' is not a valid UUID.`;
  if (!('ip_address' in item) || isIp(item.ip_address)) return undefined;
  return `'${spelled(item.ip_address)}' is not a valid IP address.`;
}

/** An address pair's `ip_address` may be a subnet in CIDR notation. */
function addressPairProblem(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return `'${spelled(item)}' is not a dictionary.`;
  if (!('ip_address' in item)) return 'AllowedAddressPair must contain ip_address.';
  const [address, length] = String(item.ip_address).split('/');
  if (!isIp(address) || (length !== undefined && !/^\d{1,3}$/.test(length))) {
    return `'${spelled(item.ip_address)}' is not a valid IP address.`;
  }
  if ('mac_address' in item && item.mac_address !== undefined && !isMac(item.mac_address)) {
    return `'${spelled(item.mac_address)}' is not a valid MAC address.`;
  }
  return undefined;
}
