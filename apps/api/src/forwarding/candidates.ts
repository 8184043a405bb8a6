import type { ImportedMac, MacKind } from '@l2gw/contracts';
import { parseIp, parseVtepIp } from '@l2gw/l2';
import { arrayText } from '../database/array-text.js';
import { inSlices } from '../database/in-slices.js';
import { CANDIDATES, DESCRIBED_CANDIDATES } from './candidates-sql.js';
import type { Candidate, Place } from './select-best.js';
import { groupAt, wantedOf } from './wanted.js';

/** One MAC or one VTEP of one network. */
export interface NetworkKey {
  readonly network: string;
  readonly name: string;
}

export const keyText = (key: NetworkKey): string => `${key.network} ${key.name}`;

/** Whatever can be asked in SQL: the compiler's own connection, or a transaction. */
export interface Askable {
  query<Row extends object>(text: string, values?: unknown[]): Promise<readonly Row[]>;
}

/** Who a candidate is, for people. Times are RFC 3339. */
export type Origin =
  | { readonly port_id: string; readonly host: string; readonly device_owner: string; readonly updated_at: string }
  | { readonly switch: string; readonly row: string; readonly since: string }
  | { readonly remote_mac_id: string; readonly rgw_connection: string; readonly since: string }
  | {
      readonly sync_peer_id: string;
      readonly cloud: string;
      readonly rgw_connection: string;
      readonly static: boolean;
      /** Where it is, then those that have passed it on. */
      readonly path: readonly string[];
      readonly since: string;
    };

interface CandidateRow {
  /** Which of the networks that were asked it is of, from 1 on. */
  readonly at: string;
  readonly name: string;
  readonly kind: MacKind;
  readonly connection: string | null;
  readonly vtep: string | null;
  readonly ips: readonly string[] | null;
  readonly immutable: readonly string[] | null;
  readonly routers: readonly string[] | null;
  readonly claim: string;
  readonly cloud: string | null;
  /** By another cloud, as it came: most rows are such, and one value is read faster than six. */
  readonly said: Said | null;
  /** The hash of that, unless it was judged before. */
  readonly unjudged: string | null;
}

/** What the compiler has decided. */
interface DescribedRow extends CandidateRow {
  readonly moved: Said['moved'] | null;
  readonly withheld: readonly string[] | null;
  readonly sequence: string | null;
  readonly is_frozen: boolean;
  readonly origin: Origin;
}

type Said = Pick<ImportedMac, 'sequence' | 'ips'> &
  Partial<Pick<ImportedMac, 'static' | 'immutable' | 'routers' | 'moved'>>;

/**
 * Everybody who claims these MACs: operators, ports of the inventory, switches that have the network bound and have learned them, and
 * other clouds with which the network is shared.
 */
export async function candidatesOf(
  db: Askable,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  return grouped<CandidateRow, Candidate>(db, CANDIDATES, keys, candidateOf);
}

export type DescribedCandidate = Candidate & { readonly origin: Origin };

/** The same, and who each of them is. */
export async function describedCandidatesOf(
  db: Askable,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, readonly DescribedCandidate[]>> {
  return grouped<DescribedRow, DescribedCandidate>(db, DESCRIBED_CANDIDATES, keys, (row) => ({
    ...candidateOf(row),
    origin: row.origin,
  }));
}

function candidateOf(row: CandidateRow & Partial<DescribedRow>): Candidate {
  const said = row.said ?? row;
  return {
    kind: row.kind,
    place: placeOf(row),
    ips: (said.ips ?? []).map(parseIp),
    claim: BigInt(row.claim),
    sequence: Number(said.sequence ?? 0),
    isSticky: row.said?.static === true,
    cloud: row.cloud ?? '',
    isFrozen: row.is_frozen === true,
    ...(row.unjudged === null ? {} : { unjudged: row.unjudged }),
    ...ipFactsOf(said, row.withheld),
  };
}

type IpFacts = Partial<Pick<DescribedRow, 'immutable' | 'routers' | 'moved'>>;

function ipFactsOf(
  { immutable, routers, moved }: IpFacts,
  withheld: DescribedRow['withheld'] = null,
): Partial<Candidate> {
  return {
    ...(immutable ? { immutable: immutable.map(parseIp) } : {}),
    ...(routers ? { routers: routers.map(parseIp) } : {}),
    ...(moved ? { moved: moved.map(({ ip, sequence }) => ({ ip: parseIp(ip), sequence })) } : {}),
    ...(withheld === null ? {} : { withheld: withheld.map(parseIp) }),
  };
}

function placeOf({ connection, vtep }: CandidateRow): Place | undefined {
  if (connection !== null) return { connection };
  return vtep === null ? undefined : { vtep: parseVtepIp(vtep) };
}

/** For `unnest($1::uuid[], $2::text[])`. */
export function parametersOf(keys: readonly NetworkKey[]): [networks: string, names: string] {
  return [arrayText(keys.map((key) => key.network)), arrayText(keys.map((key) => key.name))];
}

/** By the texts of the keys. */
async function grouped<Row extends CandidateRow, Value>(
  db: Askable,
  statement: string,
  keys: readonly NetworkKey[],
  valueOf: (row: Row) => Value,
): Promise<ReadonlyMap<string, readonly Value[]>> {
  const distinct = new Map(keys.map((key) => [keyText(key), key]));
  const values = new Map<string, Value[]>([...distinct.keys()].map((text) => [text, []]));
  await inSlices([...distinct.values()], async (slice) => {
    const wanted = wantedOf(slice);
    for (const row of await db.query<Row>(statement, wanted.parameters))
      values.get(keyText({ network: groupAt(wanted, row.at), name: row.name }))?.push(valueOf(row));
    return [];
  });
  return values;
}
