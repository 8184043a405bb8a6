import type { PeerRow, StretchRow } from '@l2gw/contracts';
import { parseMac, parseVni, parseVtepIp } from '@l2gw/l2';
import type { SyncPeerEntity } from '../sync/peer.entity.js';
import type { StretchedNetwork } from './compile-network.js';

/** What the facts say of a stretch. */
export interface SharedNetwork extends StretchedNetwork {
  readonly peer: string;
  readonly network: string;
  readonly flood: boolean;
  readonly subnets: readonly string[];
  readonly routerMacs: readonly string[];
}

/** The row `cloud` of the table `sync`; absent if this cloud has no id: then nothing is shared. */
export function compileCloud(id: string | undefined): object | undefined {
  return id === undefined ? undefined : { id };
}

/** The row `peer/<peer>` of the table `sync`; absent if there is no such peer. */
export function compilePeer(peer: SyncPeerEntity | undefined): Omit<PeerRow, 'row' | 'peer'> | undefined {
  if (peer === undefined) return undefined;
  const { name, cloud, servers, credentials, keys, enabled, limits, policy } = peer;
  return {
    name,
    cloud,
    servers,
    ...(credentials === null ? {} : { credentials }),
    keys,
    enabled,
    limits,
    staleSeconds: peer.stale_seconds,
    exportRules: policy.export,
    importRules: policy.import,
    exportVirtualMacs: policy.export_virtual_macs,
    checkSubnets: policy.check_subnets,
    transit: peer.transit,
    nextHopSelf: peer.next_hop_self,
  };
}

/** The row `stretch/<connection>` of the table `sync`; absent if the connection is gone, or shared with nobody. */
export function compileStretch(shared: SharedNetwork | undefined): Omit<StretchRow, 'row' | 'connection'> | undefined {
  if (shared === undefined) return undefined;
  const { peer, network, vni, vtep, flood, subnets, borders, routerMacs } = shared;
  return {
    peer,
    network,
    segId: parseVni(vni),
    vtep: parseVtepIp(vtep),
    flood,
    subnets: [...subnets].sort(),
    ownVteps: [...new Set(borders.map((border) => border.vtep))].sort().map(parseVtepIp),
    routerMacs: [...routerMacs].sort().map(parseMac),
  };
}
