import type { IpAddress } from '@l2gw/l2';
import { arrayText } from '../database/array-text.js';
import { inSlices } from '../database/in-slices.js';
import { type NetworkKey, keyText } from '../forwarding/candidates.js';
import { type Candidate, isImported } from '../forwarding/select-best.js';
import type { CompilerConnection } from './compiler-connection.js';
import { claimText, knownIps, knownMacs } from './known-claims.js';

/** A MAC of which one other cloud alone speaks. */
interface Sole {
  readonly key: NetworkKey;
  /** Of the key. */
  readonly text: string;
  readonly candidate: Candidate;
  /** In the order in which they are stored. */
  readonly ips: readonly IpAddress[];
}

/** A sole MAC of which nothing is known but what is said. */
interface Alone {
  readonly sole: Sole;
  /** That nobody was said to have. */
  readonly newIps: readonly IpAddress[];
}

/**
 * Those of these MACs of shared networks about which something is to be decided. The others are claimed by one other cloud, as they were
 * before or for the first time, with IPs that no other MAC was ever said to have, and no conflict is open that ends by this: that is nearly
 * all that clouds tell each other, and whoever is alone is right. What is to be remembered of these is written here, and that they were judged, so that it is done once. Within
 * the round's transaction: nobody else writes it.
 */
export async function contestedAmong(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
  disputed: readonly NetworkKey[],
): Promise<readonly NetworkKey[]> {
  const soles = solesAmong(keys, candidates);
  for (const mac of disputed) soles.delete(keyText(mac));
  const unjudged = [...soles.values()].filter(({ candidate }) => candidate.unjudged !== undefined);
  if (unjudged.length === 0 && soles.size === keys.length) return [];
  for (const text of rivalsAmong(keys, candidates)) soles.delete(text);
  const others = unjudged.filter(({ text }) => soles.has(text));
  const alone = await inSlices(others, (slice) => aloneAmong(db, slice));
  await remember(db, alone);
  const judged = new Set(alone.map(({ sole }) => sole.text));
  for (const { text } of others) if (!judged.has(text)) soles.delete(text);
  return keys.filter((key) => !soles.has(keyText(key)));
}

function solesAmong(
  keys: readonly NetworkKey[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): Map<string, Sole> {
  const soles = new Map<string, Sole>();
  for (const key of keys) {
    const text = keyText(key);
    const sole = soleOf(key, text, candidates.get(text) ?? []);
    if (sole !== undefined) soles.set(text, sole);
  }
  return soles;
}

function soleOf(key: NetworkKey, text: string, said: readonly Candidate[]): Sole | undefined {
  const [candidate, ...others] = said;
  if (candidate === undefined || others.length > 0 || !isImported(candidate) || candidate.place === undefined)
    return undefined;
  return { key, text, candidate, ips: inOrder(candidate.ips) };
}

/** Each once. */
function inOrder(ips: readonly IpAddress[]): readonly IpAddress[] {
  return ips.length < 2 ? ips : [...new Set(ips)].sort();
}

const ipKey = ({ network }: NetworkKey, name: IpAddress): NetworkKey => ({ network, name });

/** Those that share an IP with another one of these MACs. */
function rivalsAmong(
  keys: readonly NetworkKey[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): ReadonlySet<string> {
  const first = new Map<string, string>();
  const rivals = new Set<string>();
  for (const key of keys) {
    const text = keyText(key);
    for (const ip of (candidates.get(text) ?? []).flatMap(({ ips }) => ips)) {
      const ipText = keyText(ipKey(key, ip));
      const other = first.get(ipText);
      if (other === undefined) first.set(ipText, text);
      else if (other !== text) rivals.add(other).add(text);
    }
  }
  return rivals;
}

async function aloneAmong(db: CompilerConnection, slice: readonly Sole[]): Promise<readonly Alone[]> {
  const macs = slice.map(({ key }) => key);
  const ips = slice.flatMap((sole) => sole.ips.map((ip) => ipKey(sole.key, ip)));
  const [ofMacs, ofIps] = await Promise.all([knownMacs(db, macs), knownIps(db, ips)]);
  return slice.flatMap((sole) => {
    const known = ofMacs.get(sole.text);
    if (known !== undefined && known !== macClaim(sole)) return [];
    const claims = sole.ips.map((ip) => ({ ip, known: ofIps.get(keyText(ipKey(sole.key, ip))) ?? [] }));
    if (!claims.every((each) => each.known.every((claim) => claim === ipClaim(sole, each.ip)))) return [];
    const newIps = claims.filter((each) => each.known.length === 0).map(({ ip }) => ip);
    return [{ sole, newIps }];
  });
}

function macClaim({ candidate, ips }: Sole): string {
  return claimText(candidate.cloud ?? '', candidate.sequence ?? 0, JSON.stringify(ips));
}

function ipClaim(sole: Sole, ip: IpAddress): string {
  const { immutable, router, moved } = flagsOf(sole, ip);
  return claimText(sole.key.name, sole.candidate.cloud ?? '', immutable, router, moved);
}

interface IpFlags {
  /** Bound to the MAC. */
  readonly immutable: boolean;
  readonly router: boolean;
  /** How often it has moved. */
  readonly moved: number;
}

type SaidIp = IpFlags & { readonly sole: Sole; readonly ip: IpAddress };

function flagsOf({ candidate }: Sole, ip: IpAddress): IpFlags {
  return {
    immutable: candidate.immutable?.includes(ip) === true,
    router: candidate.routers?.includes(ip) === true,
    moved: candidate.moved?.find((each) => each.ip === ip)?.sequence ?? 0,
  };
}

/** That nothing else is known of these MACs. */
async function remember(db: CompilerConnection, alone: readonly Alone[]): Promise<void> {
  if (alone.length === 0) return;
  const ips = alone.flatMap(({ sole, newIps }) => newIps.map((ip) => ({ sole, ip, ...flagsOf(sole, ip) })));
  await Promise.all([
    db.query(REMEMBER_MACS, macColumns(alone.map(({ sole }) => sole))),
    ips.length > 0 && db.query(REMEMBER_IPS, ipColumns(ips)),
  ]);
}

const ipColumns = (ips: readonly SaidIp[]): string[] => [
  ...macColumns(ips.map(({ sole }) => sole)).slice(0, 3),
  arrayText(ips.map(({ ip }) => ip)),
  arrayText(ips.map(({ immutable }) => immutable)),
  arrayText(ips.map(({ router }) => router)),
  arrayText(ips.map(({ moved }) => moved)),
];

const macColumns = (soles: readonly Sole[]): string[] => [
  arrayText(soles.map(({ key }) => key.network)),
  arrayText(soles.map(({ key }) => key.name)),
  arrayText(soles.map(({ candidate }) => candidate.cloud)),
  arrayText(soles.map(({ candidate }) => candidate.sequence ?? 0)),
  arrayText(soles.map(({ ips }) => JSON.stringify(ips))),
  arrayText(soles.map(({ candidate }) => candidate.unjudged)),
];

const REMEMBER_MACS = `
  INSERT INTO mac_sequence (network_id, mac, theirs, claim, owner, moves, is_frozen, freezes, ips, judged)
  SELECT network, mac, sequence, 0, cloud, '{}', false, 0, ips, judged
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::jsonb[], $6::bigint[]) AS said (network, mac, cloud, sequence, ips, judged)
  ON CONFLICT (network_id, mac) DO UPDATE SET judged = excluded.judged`;

const REMEMBER_IPS = `
  INSERT INTO ip_claim (network_id, ip, mac, cloud, is_ours, is_stated, is_immutable, is_router, sequence, claim)
  SELECT network, ip, mac, cloud, false, false, bound, router, moved, 0
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::bigint[])
    AS said (network, mac, cloud, ip, bound, router, moved)`;
