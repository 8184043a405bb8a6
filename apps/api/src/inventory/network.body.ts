import { IsAnything, IsFlag, IsIntegerText, IsOneOf, IsText } from '../http/attributes.js';
import type { Resource } from '../http/resource.js';

/** What `PUT /v2.0/networks/{id}` may change. */
export class UpdateNetworkBody {
  @IsText() readonly name?: string;
  @IsText() readonly description?: string;
  @IsFlag() readonly admin_state_up?: boolean;
  @IsFlag() readonly shared?: boolean;
  @IsFlag() readonly 'router:external'?: boolean;
  @IsIntegerText(68, 65535) readonly mtu?: number | string | null;
  /** For those who enforce it; here every MAC of a port is programmed. */
  @IsFlag() readonly port_security_enabled?: boolean;
}

export const NETWORK_TYPES = ['vxlan', 'vlan', 'flat'] as const;

/** The body of `POST /v2.0/networks`. */
export class CreateNetworkBody extends UpdateNetworkBody {
  @IsText() readonly project_id?: string;
  @IsOneOf(NETWORK_TYPES) readonly 'provider:network_type'?: (typeof NETWORK_TYPES)[number];
  @IsAnything() readonly 'provider:physical_network'?: string | null;
  @IsAnything() readonly 'provider:segmentation_id'?: number | string | null;
  /** Several segments instead of one `provider:*` triple. */
  @IsAnything() readonly segments?: unknown;
}

export const networkResource: Resource<CreateNetworkBody, UpdateNetworkBody> = {
  singular: 'network',
  plural: 'networks',
  create: CreateNetworkBody,
  update: UpdateNetworkBody,
  required: [],
  readOnly: ['id', 'status', 'subnets', 'created_at', 'updated_at', 'revision_number', 'tags'],
};
