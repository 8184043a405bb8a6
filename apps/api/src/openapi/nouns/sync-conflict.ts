import { CONFLICT_KINDS } from '../../forwarding/conflicts.js';
import { conflictListing } from '../../sync/conflict.view.js';
import type { Noun } from '../noun.js';
import { flag, integer, ip, list, mac, nullable, oneOf, record, text, time, uuid } from '../schema.js';

const CLAIM = record({
  cloud: text('Its id.'),
  mac: mac(),
  sequence: integer('How often it had moved then.'),
  static: flag('It cannot move, or no other MAC can have the IP.'),
});

export const syncConflict: Noun = {
  name: 'L2SyncConflict',
  says: 'sync conflict',
  singular: 'l2_sync_conflict',
  plural: 'l2_sync_conflicts',
  listing: conflictListing,
  attributes: {
    id: uuid(),
    kind: oneOf(CONFLICT_KINDS),
    network_id: uuid(),
    mac: nullable(mac('About which clouds do not agree; null: it is about an IP.')),
    ip: nullable(ip('About which clouds do not agree; null: it is about a MAC.')),
    reason: text('Who has it now, and why; until when it is frozen.'),
    claims: list(CLAIM, 'Who claims it.'),
    since: time(),
  },
};
