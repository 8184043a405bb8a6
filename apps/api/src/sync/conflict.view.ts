import type { ConflictKind, ConflictingClaim } from '../forwarding/conflicts.js';
import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';

/** A MAC or an IP on which clouds do not agree. */
export interface ConflictRow {
  readonly id: string;
  readonly network_id: string;
  readonly subject: string;
  readonly kind: ConflictKind;
  readonly text: string;
  readonly claims: readonly ConflictingClaim[];
  readonly since: Date;
}

/** The id follows from what the conflict is about: the same as long as it lasts, and when it begins anew. */
export const SYNC_CONFLICTS = `(SELECT sync_conflict.*, md5(network_id || ' ' || subject)::uuid AS id FROM sync_conflict)`;

export function conflictView(row: ConflictRow): Readonly<Record<string, unknown>> {
  const isIp = row.kind.startsWith('ip_');
  return {
    id: row.id,
    kind: row.kind,
    network_id: row.network_id,
    mac: isIp ? null : row.subject,
    ip: isIp ? row.subject : null,
    reason: row.text,
    claims: row.claims,
    since: utc(row.since),
  };
}

export const conflictListing: Listing<ConflictRow> = {
  from: SYNC_CONFLICTS,
  path: '/v2.0/l2-sync-conflicts',
  plural: 'l2_sync_conflicts',
  absent: ['name'],
  attributes: {
    id: 'listed.id',
    kind: 'listed.kind',
    network_id: 'listed.network_id',
    mac: "CASE WHEN listed.kind LIKE 'mac%' THEN listed.subject END",
    ip: "CASE WHEN listed.kind LIKE 'ip%' THEN listed.subject END",
    since: 'listed.since',
  },
  view: conflictView,
};
