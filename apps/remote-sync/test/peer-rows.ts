/** What the API tells remote-sync of a peer and of a stretch with it, as small as it may be; a specification names what it is about. */
import type { PeerRow, StretchRow } from '@l2gw/contracts';
import { parseVni, parseVtepIp } from '@l2gw/l2';

const PEER: PeerRow = {
  row: 'peer',
  peer: 'p',
  name: 'b',
  cloud: 'b',
  servers: [],
  keys: [],
  enabled: true,
  limits: { macs: 10, ips: 10, total: 10 },
  staleSeconds: 60,
  exportRules: [],
  importRules: [],
};

const STRETCH: StretchRow = {
  row: 'stretch',
  connection: 'c',
  peer: 'p',
  network: 'n',
  segId: parseVni(456),
  vtep: parseVtepIp('192.0.2.1'),
  flood: true,
  subnets: [],
  ownVteps: [],
  routerMacs: [],
};

export const peerRow = (named: Partial<PeerRow>): PeerRow => ({ ...PEER, ...named });
export const stretchRow = (named: Partial<StretchRow>): StretchRow => ({ ...STRETCH, ...named });
