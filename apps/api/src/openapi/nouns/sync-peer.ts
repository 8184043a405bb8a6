import { EXPORT_KINDS, SYNC_PEER_STATES, SYNC_REFUSALS, SYNC_STRETCH_STATES } from '@l2gw/contracts';
import { peerResource } from '../../sync/peer.body.js';
import {
  HIGHEST_LIMIT,
  LONGEST_STALE_SECONDS,
  MOST_KEYS,
  MOST_RULES,
  MOST_SERVERS,
  TUNNEL_POLICIES,
} from '../../sync/peer-settings.js';
import { peerListing } from '../../sync/peer.view.js';
import { OUTCOMES } from '../../sync/rib-in.view.js';
import type { Noun } from '../noun.js';
import {
  type Schema,
  flag,
  integer,
  ip,
  list,
  mac,
  nullable,
  number,
  oneOf,
  prefix,
  record,
  text,
  time,
  uuid,
} from '../schema.js';
import { STAMPS } from './common.js';

const RULE = record(
  {
    action: oneOf(['accept', 'reject']),
    mac: text('How the MAC begins.', { pattern: '^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){0,5}$', example: 'fa:16:3e' }),
    ip: prefix(),
    kind: oneOf(['port', 'learned']),
    static: flag(),
  },
  ['mac', 'ip', 'kind', 'static'],
);
const RULES = { ...list(RULE, 'The first that matches decides; what none matches is accepted.'), maxItems: MOST_RULES };
const POLICY = {
  export: RULES,
  import: RULES,
  export_virtual_macs: flag('MACs of virtual routers are told, too.'),
  check_subnets: flag('IPs must belong to a subnet of the network.'),
};
const LIMIT = integer('', { minimum: 0, maximum: HIGHEST_LIMIT });
const LIMITS = {
  macs: { ...LIMIT, description: 'Of one stretch.' },
  ips: { ...LIMIT, description: 'Of one MAC.' },
  total: { ...LIMIT, description: 'MACs of all stretches.' },
};
const partial = (properties: Readonly<Record<string, Schema>>): Schema => ({
  ...record(properties, Object.keys(properties)),
  additionalProperties: false,
});
const REFUSED = record(Object.fromEntries(SYNC_REFUSALS.map((reason) => [reason, integer()])), SYNC_REFUSALS);
const STRETCH = record({
  rgw_connection: uuid(),
  network_id: uuid(),
  seg_id: integer('By which both clouds should know the network.'),
  state: oneOf(SYNC_STRETCH_STATES),
  reason: text('Why it is not live.'),
  their_seg_ids: list(integer(), 'By which the peer knows what it shares.'),
  accepted: integer('MACs.'),
  refused: REFUSED,
  conflicts: integer('MACs and IPs of the network on which clouds do not agree; see l2-sync-conflicts.'),
  tunnels_down: list(text(), 'Switches whose tunnel there is down, by BFD.'),
  digests_equal: nullable(flag('Both ends agree; null: not compared.')),
});

const REFRESH = record({
  answered: flag('The peer has said what it has in every stretch.'),
  settled: flag('What differed has been fetched.'),
  compared: integer('Stretches.'),
  differing: integer('Stretches in which something was not as it was known.'),
  stretches: list(record({ rgw_connection: uuid(), changes: integer('Rows.') }), 'The first of those that differed.'),
});
const RIB_IN = record({
  id: text('The marker of the row.'),
  rgw_connection: uuid(),
  network_id: uuid(),
  mac: text('If it is not understood, what stands in its place.'),
  sequence: nullable(integer()),
  static: nullable(flag()),
  ips: list(text()),
  kind: nullable(oneOf(EXPORT_KINDS)),
  outcome: oneOf(OUTCOMES),
  reason: text('Why it is not selected.'),
  refused: list(oneOf(SYNC_REFUSALS), 'What of it is not used, and why.'),
});

export const syncPeer: Noun = {
  name: 'L2SyncPeer',
  says: 'sync peer',
  singular: 'l2_sync_peer',
  plural: 'l2_sync_peers',
  resource: peerResource,
  listing: peerListing,
  asked: {
    policy: { ...partial(POLICY), description: 'Parts that are absent stay as they are.' },
    limits: { ...partial(LIMITS), description: 'Parts that are absent stay as they are.' },
    remote_gateways: nullable(list(text('', { minLength: 1 }), 'Ids or names.')),
    stale_seconds: number('0: at once; -1: never.', -1, LONGEST_STALE_SECONDS),
  },
  routes: {
    'POST ': { refers: true },
    'PUT :id': { refers: true },
    'POST clear-duplicates': {
      summary: 'Lets MACs and IPs move again that clouds have claimed by turns and that are frozen for it',
      query: {
        network: uuid('Only those of this network.'),
        mac: mac('Only this one, and the IPs that it claims.'),
        ip: ip('Only this one.'),
      },
      answer: record({ cleared: integer('How many.') }),
    },
    'POST :id/refresh': {
      summary: 'Compares everything with the peer now, and fetches what differs',
      answer: record({ refresh: REFRESH }),
    },
    'GET :id/rib-in': {
      summary: 'Lists what the peer says now, and what became of it',
      query: {
        network: uuid('Only this one.'),
        mac: mac('Only this one.'),
        limit: integer('Of rows.', { minimum: 0 }),
        marker: text('The id of the row after which the answer begins.'),
      },
      answer: record({ rib_in: list(RIB_IN), rib_in_links: list(record({ rel: text(), href: text() })) }, [
        'rib_in_links',
      ]),
    },
  },
  attributes: {
    id: uuid(),
    name: text('', { maxLength: 255 }),
    cloud: text('Its cloud id.', { pattern: '^[a-z0-9][a-z0-9-]{0,30}$' }),
    servers: {
      ...list(text('', { pattern: '^(nats|tls)://[^ /?#,@]+$' }), 'Of its bus.'),
      maxItems: MOST_SERVERS,
      uniqueItems: true,
    },
    credentials: nullable(
      text('Name of a secret of remote-sync.', { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', example: 'south' }),
    ),
    keys: {
      ...list(text('', { pattern: '^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$' }), 'Its Ed25519 public keys.'),
      minItems: 1,
      maxItems: MOST_KEYS,
      uniqueItems: true,
    },
    enabled: flag(),
    policy: record(POLICY),
    limits: record(LIMITS),
    stale_seconds: integer('How long what a silent peer has said is kept. 0: it goes at once; -1: it stays.'),
    on_tunnel_down: oneOf(TUNNEL_POLICIES, 'What becomes of its MACs on a switch whose tunnel there is down.'),
    transit: flag('What it says is passed on to other such peers, and what they say to it.'),
    next_hop_self: flag('What is passed on to it leads to us, not to where it comes from.'),
    remote_gateways: list(uuid(), 'Over which networks are shared with it.'),
    state: oneOf([...SYNC_PEER_STATES, 'disabled', 'unknown']),
    state_reason: text('For an operator.'),
    state_since: nullable(time()),
    epoch: nullable(integer('The highest one of the peer that was seen.')),
    accepted: integer('MACs, of all stretches.'),
    refused: REFUSED,
    stretches: list(STRETCH, 'What is shared with it.'),
    ...STAMPS,
  },
};
