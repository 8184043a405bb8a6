import { type SwitchColumns, switchColumns } from '../connections/switch-states.js';
import {
  type Askable,
  type DescribedCandidate,
  type NetworkKey,
  describedCandidatesOf,
  keyText,
} from './candidates.js';
import type { ConflictKind } from './conflicts.js';
import type { ExplainQuery } from './explain-query.js';

/** Networks of one MAC, or MACs of one IP, that are explained at once at the most. */
export const MOST_EXPLAINED = 100;
/** Hosts that are listed at the most. */
const MOST_HOSTS = 1000;

/** Everything that is known of one MAC of one network. */
export interface ExplanationFacts {
  readonly network: { readonly id: string; readonly name: string };
  readonly mac: string;
  readonly candidates: readonly DescribedCandidate[];
  /** What the compiler has made of it; absent if it never was anywhere. */
  readonly derived: DerivedRow | undefined;
  /** On what of it clouds do not agree. */
  readonly conflicts: readonly { readonly subject: string; readonly kind: ConflictKind; readonly reason: string }[];
  /** What other clouds are told of it; null: nothing. */
  readonly exported: object | null;
  readonly switches: readonly SwitchColumns[];
  readonly hosts: readonly { readonly host: string; readonly vtep_ip: string | null }[];
  /** Remote gateway connection → VTEPs of the switches that have it and pass frames on for others. */
  readonly relays: Readonly<Record<string, readonly string[]>>;
}

export interface DerivedRow {
  /** JSON; null: there was one, and it has been taken back. */
  readonly row: string | null;
  readonly revision: string;
  readonly written_at: Date;
}

/** The MACs that the question is about, in order. In a network that was named, a MAC is one also if nobody claims it. */
export async function subjectsOf(db: Askable, { network, subject }: ExplainQuery): Promise<readonly NetworkKey[]> {
  if ('ip' in subject) return db.query(OF_IP, [subject.ip, network ?? null]);
  return network === undefined ? db.query(OF_MAC, [subject.mac]) : [{ network, name: subject.mac }];
}

/** The network's id in its own spelling; absent if there is none. */
export async function networkIdOf(db: Askable, id: string): Promise<string | undefined> {
  const [network] = await db.query<{ id: string }>('SELECT id FROM network WHERE id = $1', [id]);
  return network?.id;
}

export async function explanationFactsOf(
  db: Askable,
  keys: readonly NetworkKey[],
): Promise<readonly ExplanationFacts[]> {
  const candidates = await describedCandidatesOf(db, keys);
  const rows = await db.query<
    NetworkKey & Pick<ExplanationFacts, 'switches' | 'hosts' | 'relays' | 'exported' | 'conflicts'> & DerivedColumns
  >(FACTS, [keys.map((key) => key.network), keys.map((key) => key.name)]);
  return rows.map((row) => ({
    network: { id: row.network, name: row.network_name },
    mac: row.name,
    candidates: candidates.get(keyText(row)) ?? [],
    derived: row.revision === null ? undefined : { row: row.row, revision: row.revision, written_at: row.written_at },
    exported: row.exported,
    conflicts: row.conflicts,
    switches: row.switches,
    hosts: row.hosts,
    relays: row.relays,
  }));
}

interface DerivedColumns {
  readonly network_name: string;
  readonly row: string | null;
  readonly revision: string | null;
  readonly written_at: Date;
}

const OF_MAC = `
  SELECT network_id::text AS network, $1::text AS name FROM port_mac WHERE mac = $1
  UNION SELECT logical_switch, $1 FROM learned_mac JOIN network ON network.id::text = logical_switch WHERE mac = $1
  UNION SELECT network_id::text, $1 FROM remote_mac WHERE mac = $1
  UNION SELECT network_id::text, $1 FROM sync_stretch CROSS JOIN LATERAL (
    SELECT FROM pushed_row WHERE table_name = sync_stretch.table_name AND key = $1 AND row <> '{}' OFFSET 0) AS said
  ORDER BY network LIMIT ${MOST_EXPLAINED}`;

const OF_IP = `
  SELECT network_id::text AS network, mac AS name FROM port_mac WHERE $1 = ANY (ips) AND ($2::uuid IS NULL OR network_id = $2)
  UNION SELECT logical_switch, mac FROM learned_mac JOIN network ON network.id::text = logical_switch
    WHERE row ->> 'ip' = $1 AND ($2::uuid IS NULL OR network.id = $2)
  UNION SELECT network_id::text, mac FROM remote_mac WHERE ipaddr = $1 AND ($2::uuid IS NULL OR network_id = $2)
  UNION SELECT network_id::text, key FROM sync_stretch JOIN pushed_row USING (table_name)
    WHERE pushed_row.row -> 'ips' ? $1 AND ($2::uuid IS NULL OR network_id = $2)
  ORDER BY network, name LIMIT ${MOST_EXPLAINED}`;

const FACTS = `
  SELECT network.id AS network, network.name AS network_name, wanted.name, derived.row,
    coalesce(derived.revision, dropped.revision) AS revision, coalesce(derived.since, dropped_at) AS written_at, exported.row::jsonb AS exported,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('subject', subject, 'kind', kind, 'reason', text) ORDER BY subject), '[]') FROM sync_conflict
       WHERE network_id = network.id AND (subject = wanted.name
         OR claims @> jsonb_build_array(jsonb_build_object('mac', wanted.name)))) AS conflicts,
    ${switchColumns('network.id', 'binding.network_id = network.id')} AS switches,
    (SELECT coalesce(jsonb_agg(each ORDER BY host), '[]') FROM (
       SELECT DISTINCT host_id AS host, vtep_ip FROM port LEFT JOIN host_vtep ON host_vtep.host = host_id
       WHERE port.network_id = network.id AND host_id <> '' ORDER BY host LIMIT ${MOST_HOSTS}) AS each) AS hosts,
    (SELECT coalesce(jsonb_object_agg(substr(remote.key, 8), remote.row::jsonb -> 'relays'), '{}') FROM derived_row AS remote
       WHERE remote.table_name = 'network/' || network.id AND remote.key LIKE 'remote/%') AS relays
  FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name) JOIN network ON network.id = wanted.network
  LEFT JOIN derived_row AS derived ON derived.table_name = 'network/' || network.id AND derived.key = 'mac/' || wanted.name
  LEFT JOIN LATERAL (SELECT revision, dropped_at FROM derived_drop WHERE derived.key IS NULL AND table_name = 'network/' || network.id
    AND key = 'mac/' || wanted.name ORDER BY revision DESC LIMIT 1) AS dropped ON true
  LEFT JOIN derived_row AS exported ON exported.table_name = 'export/' || network.id AND exported.key = wanted.name
  ORDER BY network.id, wanted.name`;
