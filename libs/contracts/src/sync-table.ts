import { parseMac, parseVni, parseVtepIp } from '@l2gw/l2';
import { EXPORT_KINDS } from './export-table.js';
import { type RowKind, flag, integer, list, oneOf, record, text } from './json-schema.js';
import { ContractError, type Reader, reader } from './reader.js';
import type { CloudRow, PeerLimits, PeerRow, PolicyRule, StretchRow, SyncRow } from './sync-rows.js';

const ACTIONS = ['accept', 'reject'] as const;

const RULES = list(
  record(
    {
      action: oneOf(ACTIONS),
      mac: text('How the MAC begins.'),
      ip: text('A CIDR.'),
      kind: oneOf(EXPORT_KINDS),
      static: flag(),
    },
    ['mac', 'ip', 'kind', 'static'],
  ),
  'The first that matches decides; what none matches is accepted.',
);

const PEER = record(
  {
    name: text(),
    cloud: text('Its cloud id.'),
    servers: list(text(), 'Addresses of its bus.'),
    credentials: text('Name of a secret.'),
    keys: list(text(), 'Ed25519 public keys, raw, in base64.'),
    enabled: flag(),
    limits: record({
      macs: integer('Of one stretch.'),
      ips: integer('Of one MAC.'),
      total: integer('MACs of all stretches.'),
    }),
    staleSeconds: integer('0: at once; -1: never.', { minimum: -1 }),
    exportRules: RULES,
    importRules: RULES,
    exportVirtualMacs: flag('MACs of virtual routers are told, too.'),
    checkSubnets: flag('IPs must belong to a subnet of the network.'),
    transit: flag('What it tells us is passed on to other such peers, and what they tell us to it.'),
    nextHopSelf: flag('What is passed on to it leads to us.'),
  },
  ['credentials', 'exportVirtualMacs', 'checkSubnets', 'transit', 'nextHopSelf'],
);

const STRETCH = record({
  peer: text('Its id.'),
  network: text('Its id.'),
  segId: integer('The VNI between the two clouds.', { minimum: 1, maximum: 16_777_215 }),
  vtep: text('IPv4 address of the remote gateway: the only next hop that is accepted.'),
  flood: flag('Broadcast, unknown unicast and multicast go there, too.'),
  subnets: list(text(), 'CIDRs of the network.'),
  ownVteps: list(text(), 'VTEPs of the switches at our end.'),
  routerMacs: list(text(), 'MACs of our routers.'),
});

const rows: readonly RowKind[] = [
  { key: 'cloud', about: 'This cloud.', row: record({ id: text(), name: text('For people.') }, ['name']) },
  { key: 'peer/{peer}', about: 'A cloud with which networks are shared.', row: PEER },
  { key: 'stretch/{connection}', about: 'A network that is shared with a peer.', row: STRETCH },
];

/** `sync`, written by the API for remote-sync: who the peers are, and what is shared with them. */
export const syncTable = {
  type: 'l2gw.table.sync.v1',
  table: 'sync',
  rows,
  cloudKey: 'cloud',
  peerKey: (peer: string): string => `peer/${peer}`,
  stretchKey: (connection: string): string => `stretch/${connection}`,
  decode(key: string, json: unknown): SyncRow {
    const read = reader(syncTable.type, json);
    if (key === syncTable.cloudKey) return decodeCloud(read);
    const slash = key.indexOf('/');
    const [kind, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (kind === 'peer') return decodePeer(name, read);
    if (kind === 'stretch') return decodeStretch(name, read);
    throw new ContractError(syncTable.type, key, 'is not a key of this table');
  },
} as const;

function decodeCloud(read: Reader): CloudRow {
  return { row: 'cloud', id: read.string('id'), ...(read.has('name') ? { name: read.string('name') } : {}) };
}

function decodePeer(peer: string, read: Reader): PeerRow {
  return {
    row: 'peer',
    peer,
    name: read.string('name'),
    cloud: read.string('cloud'),
    servers: read.strings('servers'),
    ...(read.has('credentials') ? { credentials: read.string('credentials') } : {}),
    keys: read.strings('keys'),
    enabled: read.boolean('enabled'),
    limits: read.object('limits', decodeLimits),
    staleSeconds: read.integer('staleSeconds'),
    exportRules: read.objects('exportRules', decodeRule),
    importRules: read.objects('importRules', decodeRule),
    ...(read.has('exportVirtualMacs') ? { exportVirtualMacs: read.boolean('exportVirtualMacs') } : {}),
    ...(read.has('checkSubnets') ? { checkSubnets: read.boolean('checkSubnets') } : {}),
    ...(read.has('transit') ? { transit: read.boolean('transit') } : {}),
    ...(read.has('nextHopSelf') ? { nextHopSelf: read.boolean('nextHopSelf') } : {}),
  };
}

function decodeLimits(read: Reader): PeerLimits {
  return { macs: read.integer('macs'), ips: read.integer('ips'), total: read.integer('total') };
}

function decodeRule(read: Reader): PolicyRule {
  return {
    action: read.oneOf('action', ACTIONS),
    ...(read.has('mac') ? { mac: read.string('mac') } : {}),
    ...(read.has('ip') ? { ip: read.string('ip') } : {}),
    ...(read.has('kind') ? { kind: read.oneOf('kind', EXPORT_KINDS) } : {}),
    ...(read.has('static') ? { static: read.boolean('static') } : {}),
  };
}

function decodeStretch(connection: string, read: Reader): StretchRow {
  return {
    row: 'stretch',
    connection,
    peer: read.string('peer'),
    network: read.string('network'),
    segId: read.number('segId', parseVni),
    vtep: read.as('vtep', parseVtepIp),
    flood: read.boolean('flood'),
    subnets: read.strings('subnets'),
    ownVteps: read.strings('ownVteps', parseVtepIp),
    routerMacs: read.strings('routerMacs', parseMac),
  };
}
