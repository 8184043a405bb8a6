import { type RowKind, flag, integer, list, oneOf, record, text } from './json-schema.js';
import { ContractError, type Reader, reader } from './reader.js';

/**
 * `degraded`: not heard for 3 s; `silent`: for 5 s; `refused`: its bus lets us not in; `id_conflict`: it has our cloud id, or another
 * cloud has its; `quarantined`: too much of what it says is not understood.
 */
export type SyncPeerState = (typeof SYNC_PEER_STATES)[number];

export const SYNC_PEER_STATES = [
  'connecting',
  'live',
  'degraded',
  'silent',
  'refused',
  'id_conflict',
  'quarantined',
] as const;

/**
 * `waiting`: the peer has not answered yet; `stale`: it is silent, and what it said last is kept; `seg_mismatch`: it knows the
 * network by another VNI; `unmatched`: it does not share the network.
 */
export type SyncStretchState = (typeof SYNC_STRETCH_STATES)[number];

export const SYNC_STRETCH_STATES = ['waiting', 'syncing', 'live', 'stale', 'seg_mismatch', 'unmatched'] as const;

/** Why something that a peer has said was not accepted. */
export type SyncRefusal = (typeof SYNC_REFUSALS)[number];

export const SYNC_REFUSALS = [
  'bad_vtep',
  'limit',
  'policy',
  'multicast',
  'subnet',
  'replay',
  'sig',
  'own_mac',
  'unreadable',
  'loop',
  'unmapped',
] as const;

/** A peer as remote-sync sees it. Key `peer/<peer>`. */
export interface SyncPeerReport {
  readonly report: 'peer';
  readonly peer: string;
  readonly state: SyncPeerState;
  /** Why it is not live; text for an operator. */
  readonly reason?: string;
  /** The highest epoch of the peer that was seen. */
  readonly epoch?: number;
  /** RFC 3339, UTC: when the state became this. */
  readonly since: string;
}

/** A stretch as remote-sync sees it. Key `stretch/<connection>`. */
export interface SyncStretchReport {
  readonly report: 'stretch';
  readonly connection: string;
  readonly state: SyncStretchState;
  /** Why it is not live; text for an operator. */
  readonly reason?: string;
  /** The VNIs by which the peer knows what it shares with us. */
  readonly theirSegIds?: readonly number[];
  /** MACs. */
  readonly accepted: number;
  /** MACs and messages, by the reason. */
  readonly refused: Readonly<Partial<Record<SyncRefusal, number>>>;
  /** Both ends agree on what the peer has said; absent: not compared. */
  readonly digestsEqual?: boolean;
}

export type SyncReportRow = SyncPeerReport | SyncStretchReport;

const PEER = record(
  {
    state: oneOf(SYNC_PEER_STATES),
    reason: text('Why it is not live.'),
    epoch: integer('The highest one of the peer that was seen.'),
    since: text('RFC 3339, UTC.'),
  },
  ['reason', 'epoch'],
);

const STRETCH = record(
  {
    state: oneOf(SYNC_STRETCH_STATES),
    reason: text('Why it is not live.'),
    theirSegIds: list(integer(), 'The VNIs by which the peer knows what it shares with us.'),
    accepted: integer('MACs.'),
    refused: record(Object.fromEntries(SYNC_REFUSALS.map((each) => [each, integer()])), SYNC_REFUSALS),
    digestsEqual: flag('Both ends agree on what the peer has said.'),
  },
  ['reason', 'theirSegIds', 'digestsEqual'],
);

const rows: readonly RowKind[] = [
  { key: 'peer/{peer}', about: 'A peer as remote-sync sees it.', row: PEER },
  { key: 'stretch/{connection}', about: 'A stretch as remote-sync sees it.', row: STRETCH },
];

/** `sync-report`, pushed by remote-sync to the API. */
export const syncReport = {
  type: 'l2gw.table.sync-report.v1',
  table: 'sync-report',
  rows,
  peerKey: (peer: string): string => `peer/${peer}`,
  stretchKey: (connection: string): string => `stretch/${connection}`,
  decode(key: string, json: unknown): SyncReportRow {
    const read = reader(syncReport.type, json);
    const slash = key.indexOf('/');
    const [kind, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (kind === 'peer') return decodePeer(name, read);
    if (kind === 'stretch') return decodeStretch(name, read);
    throw new ContractError(syncReport.type, key, 'is not a key of this table');
  },
} as const;

function decodePeer(peer: string, read: Reader): SyncPeerReport {
  return {
    report: 'peer',
    peer,
    state: read.oneOf('state', SYNC_PEER_STATES),
    ...(read.has('reason') ? { reason: read.string('reason') } : {}),
    ...(read.has('epoch') ? { epoch: read.integer('epoch') } : {}),
    since: read.string('since'),
  };
}

function decodeStretch(connection: string, read: Reader): SyncStretchReport {
  return {
    report: 'stretch',
    connection,
    state: read.oneOf('state', SYNC_STRETCH_STATES),
    ...(read.has('reason') ? { reason: read.string('reason') } : {}),
    ...(read.has('theirSegIds') ? { theirSegIds: read.integers('theirSegIds') } : {}),
    accepted: read.integer('accepted'),
    refused: read.object('refused', decodeRefused),
    ...(read.has('digestsEqual') ? { digestsEqual: read.boolean('digestsEqual') } : {}),
  };
}

/** Reasons of later versions fall away. */
function decodeRefused(read: Reader): SyncStretchReport['refused'] {
  return Object.fromEntries(
    SYNC_REFUSALS.filter((reason) => read.has(reason)).map((reason) => [reason, read.integer(reason)]),
  );
}
