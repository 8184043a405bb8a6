import { IsFlag, IsInteger, IsListOf, IsText } from '../http/attributes.js';
import { spelled } from '../http/neutron-error.js';
import type { Resource } from '../http/resource.js';
import {
  IsCloudId,
  IsCredentials,
  IsKeys,
  IsLimits,
  IsPolicy,
  IsServers,
  IsTunnelPolicy,
  LONGEST_STALE_SECONDS,
  type PeerLimits,
  type PeerPolicy,
  type TunnelPolicy,
} from './peer-settings.js';

/** What `PUT /v2.0/l2-sync-peers/{id}` may change. */
export class UpdatePeerBody {
  @IsText() readonly name?: string;
  @IsServers() readonly servers?: readonly string[];
  /** Name of a secret; null: none. */
  @IsCredentials() readonly credentials?: string | null;
  @IsKeys() readonly keys?: readonly string[];
  @IsFlag() readonly enabled?: boolean;
  /** Parts that are absent stay as they are. */
  @IsPolicy() readonly policy?: Partial<PeerPolicy>;
  @IsLimits() readonly limits?: Partial<PeerLimits>;
  @IsInteger(-1, LONGEST_STALE_SECONDS) readonly stale_seconds?: number | string;
  @IsTunnelPolicy() readonly on_tunnel_down?: TunnelPolicy;
  @IsFlag() readonly transit?: boolean;
  @IsFlag() readonly next_hop_self?: boolean;
  /** Ids or names; null: none. */
  @IsListOf(gatewayProblem) readonly remote_gateways?: readonly string[] | null;
}

/** The body of `POST /v2.0/l2-sync-peers`. A peer is its cloud: another one is another peer. */
export class CreatePeerBody extends UpdatePeerBody {
  @IsCloudId() readonly cloud?: string;
}

export const peerResource: Resource<CreatePeerBody, UpdatePeerBody> = {
  singular: 'l2_sync_peer',
  plural: 'l2_sync_peers',
  create: CreatePeerBody,
  update: UpdatePeerBody,
  required: ['cloud', 'keys'],
  readOnly: [
    'id',
    'state',
    'state_reason',
    'state_since',
    'epoch',
    'accepted',
    'refused',
    'stretches',
    'created_at',
    'updated_at',
    'revision_number',
  ],
};

function gatewayProblem(item: unknown): string | undefined {
  return typeof item === 'string' && item !== '' ? undefined : `'${spelled(item)}' is not a remote gateway.`;
}
