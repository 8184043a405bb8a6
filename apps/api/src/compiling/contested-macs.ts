import { arrayText } from '../database/array-text.js';
import { type NetworkKey, keyText, parametersOf } from '../forwarding/candidates.js';
import { type Candidate, isImported } from '../forwarding/select-best.js';
import type { CompilerConnection } from './compiler-connection.js';
import { inSlices } from './in-slices.js';

/** A MAC of which one other cloud alone speaks. */
interface Sole {
  readonly key: NetworkKey;
  readonly candidate: Candidate;
  /** In the order in which they are stored. */
  readonly ips: readonly string[];
}

/**
 * Those of these MACs of shared networks about which something is to be decided. The others are claimed by one other cloud, as they were
 * before or for the first time, with IPs that no other MAC was ever said to have: that is nearly all that clouds tell each other, and
 * whoever is alone is right. What is to be remembered of these is written here. Within the round's transaction: nobody else writes it.
 */
export async function contestedAmong(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): Promise<readonly NetworkKey[]> {
  const soles = withoutRivals(keys, candidates);
  if (soles.size === 0) return keys;
  const news = await newsOf(db, [...soles.values()]);
  await writeMacs(db, news.macs);
  await writeIps(db, news.ips);
  return keys.filter((key) => !soles.has(keyText(key)) || news.contested.has(keyText(key)));
}

/** Short of those that share an IP with another one of these MACs. */
function withoutRivals(
  keys: readonly NetworkKey[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): ReadonlyMap<string, Sole> {
  const soles = new Map<string, Sole>();
  const first = new Map<string, string>();
  const rivals = new Set<string>();
  for (const key of keys) {
    const text = keyText(key);
    const said = candidates.get(text) ?? [];
    const sole = soleOf(key, said);
    if (sole !== undefined) soles.set(text, sole);
    for (const { ips } of said)
      for (const ip of ips) {
        const other = first.get(`${key.network} ${ip}`) ?? text;
        if (other === text) first.set(`${key.network} ${ip}`, text);
        else rivals.add(other).add(text);
      }
  }
  for (const text of rivals) soles.delete(text);
  return soles;
}

function soleOf(key: NetworkKey, [candidate, ...others]: readonly Candidate[]): Sole | undefined {
  if (candidate === undefined || others.length > 0 || !isImported(candidate) || candidate.place === undefined)
    return undefined;
  return { key, candidate, ips: [...new Set(candidate.ips)].sort() };
}

type SoleIp = Sole & { readonly ip: string };

interface News {
  /** Of which nothing is known yet. */
  readonly macs: readonly Sole[];
  readonly ips: readonly SoleIp[];
  /** Of which something else is known. */
  readonly contested: ReadonlySet<string>;
}

async function newsOf(db: CompilerConnection, soles: readonly Sole[]): Promise<News> {
  const claims = soles.flatMap((sole) => sole.ips.map((ip) => ({ ...sole, ip })));
  const [macs, ips] = await Promise.all([
    inSlices(soles, (slice) => othersAmong(db, OTHER_MACS, slice, macColumns)),
    inSlices(claims, (slice) => othersAmong(db, OTHER_IPS, slice, ipColumns)),
  ]);
  const known = [...macs, ...ips].filter(({ isNew }) => !isNew);
  const contested = new Set(known.map(({ sole }) => keyText(sole.key)));
  const newOf = <Each extends Sole>(others: readonly Other<Each>[]): readonly Each[] =>
    others.filter(({ sole, isNew }) => isNew && !contested.has(keyText(sole.key))).map(({ sole }) => sole);
  return { macs: newOf(macs), ips: newOf(ips), contested };
}

/** One that is not known as it is said. */
interface Other<Each extends Sole> {
  readonly sole: Each;
  readonly isNew: boolean;
}

async function othersAmong<Each extends Sole>(
  db: CompilerConnection,
  text: string,
  slice: readonly Each[],
  columns: (slice: readonly Each[]) => string[],
): Promise<readonly Other<Each>[]> {
  const rows = await db.query<{ at: string; is_new: boolean }>(text, columns(slice));
  return rows.flatMap(({ at, is_new: isNew }) => {
    const sole = slice[Number(at) - 1];
    return sole === undefined ? [] : [{ sole, isNew }];
  });
}

const macColumns = (soles: readonly Sole[]): string[] => [
  ...parametersOf(soles.map(({ key }) => key)),
  arrayText(soles.map(({ candidate }) => candidate.sequence ?? 0)),
  arrayText(soles.map(({ candidate }) => candidate.cloud)),
  arrayText(soles.map(({ ips }) => JSON.stringify(ips))),
];

const MACS = `unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::jsonb[])`;

/** Looked up one by one (`OFFSET 0`), as the candidates are. */
const OTHER_MACS = `
  SELECT at, known IS NULL AS is_new FROM ${MACS} WITH ORDINALITY AS said (network, name, sequence, cloud, ips, at)
  LEFT JOIN LATERAL (SELECT * FROM mac_sequence WHERE network_id = network AND mac = name OFFSET 0) AS known ON true
  WHERE (own IS NULL AND theirs = sequence AND claim = 0 AND owner = cloud AND NOT is_frozen AND known.ips = said.ips) IS NOT TRUE`;

async function writeMacs(db: CompilerConnection, macs: readonly Sole[]): Promise<void> {
  if (macs.length === 0) return;
  await db.query(
    `INSERT INTO mac_sequence (network_id, mac, theirs, claim, owner, moves, is_frozen, freezes, ips)
     SELECT network, name, sequence, 0, cloud, '{}', false, 0, ips FROM ${MACS} AS said (network, name, sequence, cloud, ips)`,
    macColumns(macs),
  );
}

const ipColumns = (claims: readonly SoleIp[]): string[] => [
  ...parametersOf(claims.map(({ key, ip }) => ({ network: key.network, name: ip }))),
  arrayText(claims.map(({ key }) => key.name)),
  arrayText(claims.map(({ candidate }) => candidate.cloud)),
  arrayText(claims.map(({ candidate, ip }) => (candidate.immutable ?? []).some((each) => each === ip))),
  arrayText(claims.map(({ candidate, ip }) => (candidate.routers ?? []).some((each) => each === ip))),
  arrayText(claims.map(({ candidate, ip }) => candidate.moved?.find((each) => each.ip === ip)?.sequence ?? 0)),
];

const IPS = `unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::bigint[])`;

const OTHER_IPS = `
  SELECT at, number = 0 AS is_new FROM ${IPS} WITH ORDINALITY AS said (network, name, station, cloud, bound, router, moved, at)
  CROSS JOIN LATERAL (
    SELECT count(*) AS number, bool_and(mac = station AND known.cloud = said.cloud AND is_immutable = bound AND is_router = router AND sequence = moved
      AND NOT (is_ours OR is_stated OR withheld)) AS is_same
    FROM ip_claim AS known WHERE network_id = network AND ip = name OFFSET 0) AS known
  WHERE number <> 1 OR NOT is_same`;

async function writeIps(db: CompilerConnection, claims: readonly SoleIp[]): Promise<void> {
  if (claims.length === 0) return;
  await db.query(
    `INSERT INTO ip_claim (network_id, ip, mac, cloud, is_ours, is_stated, is_immutable, is_router, sequence, claim)
     SELECT network, name, station, cloud, false, false, bound, router, moved, 0 FROM ${IPS} AS said (network, name, station, cloud, bound, router, moved)`,
    ipColumns(claims),
  );
}
