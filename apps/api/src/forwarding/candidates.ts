import type { ImportedMac, MacKind } from '@l2gw/contracts';
import { parseIp, parseVtepIp } from '@l2gw/l2';
import { arrayText } from '../database/array-text.js';
import { CANDIDATES, DESCRIBED_CANDIDATES } from './candidates-sql.js';
import type { Candidate, Place } from './select-best.js';

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
  /** Of the key it is of, in what was asked, from 1 on. */
  readonly at: string;
  readonly kind: MacKind;
  readonly connection: string | null;
  readonly vtep: string | null;
  readonly ips: readonly string[] | null;
  readonly immutable: readonly string[] | null;
  readonly routers: readonly string[] | null;
  readonly moved: Said['moved'] | null;
  readonly withheld: readonly string[] | null;
  readonly claim: string;
  readonly sequence: string | null;
  readonly is_frozen: boolean;
  readonly cloud: string | null;
  /** By another cloud, as it came: most rows are such, and one value is read faster than six. */
  readonly said: Said | null;
  readonly origin: Origin | null;
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
  if (keys.length === 0) return new Map();
  const asked = distinct(keys);
  const rows = await db.query<CandidateRow>(CANDIDATES, parametersOf([...asked.values()]));
  return grouped([...asked.keys()], rows, candidateOf);
}

export type DescribedCandidate = Candidate & { readonly origin: Origin };

/** The same, and who each of them is. */
export async function describedCandidatesOf(
  db: Askable,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, readonly DescribedCandidate[]>> {
  const asked = distinct(keys);
  const rows = await db.query<CandidateRow & { origin: Origin }>(
    DESCRIBED_CANDIDATES,
    parametersOf([...asked.values()]),
  );
  return grouped([...asked.keys()], rows, (row) => ({ ...candidateOf(row), origin: row.origin }));
}

/** By their texts. */
function distinct(keys: readonly NetworkKey[]): ReadonlyMap<string, NetworkKey> {
  return new Map(keys.map((key) => [keyText(key), key]));
}

function candidateOf(row: CandidateRow): Candidate {
  const { sequence, ips, static: isSticky, ...facts } = row.said ?? { ...row, static: false };
  return {
    kind: row.kind,
    place: placeOf(row),
    ips: (ips ?? []).map(parseIp),
    claim: BigInt(row.claim),
    sequence: Number(sequence ?? 0),
    isSticky: isSticky === true,
    cloud: row.cloud ?? '',
    isFrozen: row.is_frozen,
    ...ipFactsOf(facts, row.withheld),
  };
}

type IpFacts = Partial<Pick<CandidateRow, 'immutable' | 'routers' | 'moved'>>;

function ipFactsOf({ immutable, routers, moved }: IpFacts, withheld: CandidateRow['withheld']): Partial<Candidate> {
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

function grouped<Row extends CandidateRow, Value>(
  texts: readonly string[],
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
): ReadonlyMap<string, readonly Value[]> {
  const groups = texts.map((): Value[] => []);
  for (const row of rows) groups[Number(row.at) - 1]?.push(valueOf(row));
  return new Map(texts.map((text, index) => [text, groups[index] ?? []]));
}
