import type { IpAddress } from '@l2gw/l2';
import { type Mark, markMac } from '../database/facts.js';
import { type NetworkKey, keyText } from '../forwarding/candidates.js';
import { ipConflict } from '../forwarding/conflicts.js';
import { type IpClaim, ipClaimsOf } from '../forwarding/ip-claims.js';
import { type IpMoves, holderOf, ipMovesAfter } from '../forwarding/ip-moves.js';
import { type Candidate, isImported } from '../forwarding/select-best.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Agreement } from './conflict-rows.js';
import { type ChangedClaim, type StoredIp, readIps, writeIpClaims, writeSettlings } from './ip-claim-rows.js';

type Candidates = ReadonlyMap<string, readonly Candidate[]>;

export interface HeldIps {
  readonly candidates: Candidates;
  /** Of each IP that was looked at. */
  readonly agreements: readonly Agreement[];
  /** MACs that have gained or lost an IP by this and were not looked at themselves. */
  readonly marks: readonly Mark[];
}

interface AskedIp extends NetworkKey {
  readonly name: IpAddress;
  /** What the MACs that are looked at say of it now. */
  readonly said: Map<string, IpClaim | undefined>;
  readonly before: StoredIp;
}

interface SettledIp extends AskedIp {
  readonly after: IpMoves;
  readonly holder: string | undefined;
}

/**
 * Looks which of the IPs of these MACs of shared networks are theirs, remembers it, and gives the candidates what follows: the sequences
 * of their IPs, and which of them are another's. Within the round's transaction: nobody else writes it.
 */
export async function withIps(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
  candidates: Candidates,
): Promise<HeldIps> {
  if (keys.length === 0) return { candidates, agreements: [], marks: [] };
  const now = Date.now();
  const unique = [...new Map(keys.map((key) => [keyText(key), key])).values()];
  const settled = (await askedIps(db, unique, candidates)).map((asked) => {
    const after = ipMovesAfter(asked.before.moves, asked.said, now);
    return { ...asked, after, holder: holderOf(after) };
  });
  await write(db, settled);
  return {
    candidates: claimed(unique, candidates, settled),
    agreements: settled.map(({ network, name, after }) => ({ network, name, conflict: ipConflict(after) })),
    marks: settled.flatMap(turned),
  };
}

async function askedIps(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
  candidates: Candidates,
): Promise<readonly AskedIp[]> {
  const said = keys.map((key) => ({ key, claims: ipClaimsOf(key.name, candidates.get(keyText(key)) ?? []) }));
  const ips = said.flatMap(({ key, claims }) => [...claims.keys()].map((ip) => ({ network: key.network, name: ip })));
  const stored = await readIps(db, ips, keys);
  const asked = new Map<string, AskedIp>();
  for (const ip of ips) asked.set(keyText(ip), { ...ip, said: new Map(), before: { ...ip, ...NOTHING } });
  for (const before of stored)
    asked.set(keyText(before), { ...before, name: before.name as IpAddress, said: new Map(), before });
  const looked = new Set(keys.map(keyText));
  for (const { network, said: now, before } of asked.values())
    for (const { mac } of before.moves.claims) if (looked.has(keyText({ network, name: mac }))) now.set(mac, undefined);
  for (const { key, claims } of said)
    for (const [ip, claim] of claims) asked.get(keyText({ network: key.network, name: ip }))?.said.set(key.name, claim);
  return [...asked.values()];
}

const NOTHING: Pick<StoredIp, 'moves' | 'holders'> = { moves: { claims: [], settling: undefined }, holders: new Set() };

async function write(db: CompilerConnection, settled: readonly SettledIp[]): Promise<void> {
  await writeIpClaims(db, settled.flatMap(changedClaims));
  const others = settled.flatMap(({ network, name, before, after: { settling } }) => {
    const known = before.moves.settling;
    if (settling === undefined || isSame(known, settling)) return [];
    return [{ network, name, settling, isFrozenNow: settling.isFrozen && known?.isFrozen !== true }];
  });
  await writeSettlings(db, others);
}

function isSame(before: IpMoves['settling'], after: NonNullable<IpMoves['settling']>): boolean {
  return before !== undefined && before.owner === after.owner && before.isFrozen === after.isFrozen;
}

function changedClaims({ network, name, before, after, holder }: SettledIp): readonly ChangedClaim[] {
  const known = new Map(before.moves.claims.map((claim) => [claim.mac, claim]));
  const now = new Set(after.claims.map(({ mac }) => mac));
  const gone = before.moves.claims.filter(({ mac }) => !now.has(mac));
  const changed = after.claims.filter((claim) => {
    return !areEqual(known.get(claim.mac), claim) || before.holders.has(claim.mac) !== (claim.mac === holder);
  });
  return [
    ...gone.map(({ mac }) => ({ network, name, mac, claim: undefined, holds: false })),
    ...changed.map((claim) => ({ network, name, mac: claim.mac, claim, holds: claim.mac === holder })),
  ];
}

function areEqual(before: IpClaim | undefined, after: IpClaim): boolean {
  const names = Object.keys(after) as (keyof IpClaim)[];
  return before !== undefined && names.every((name) => before[name] === after[name]);
}

function turned({ network, said, before, after, holder }: SettledIp): readonly Mark[] {
  const others = after.claims.filter(({ mac, isClaimed }) => isClaimed && !said.has(mac));
  return others
    .filter(({ mac }) => before.holders.has(mac) !== (mac === holder))
    .map(({ mac }) => markMac(network, mac));
}

/** Most MACs have their IPs for themselves, and their candidates stay as they are. */
function claimed(keys: readonly NetworkKey[], candidates: Candidates, settled: readonly SettledIp[]): Candidates {
  const contested = new Map<string, SettledIp[]>();
  for (const each of settled) {
    if (each.after.claims.length < 2 && each.holder !== undefined && each.after.claims[0]?.sequence === 0) continue;
    for (const mac of each.said.keys()) {
      const text = keyText({ network: each.network, name: mac });
      contested.set(text, [...(contested.get(text) ?? []), each]);
    }
  }
  const changed = keys.flatMap((key) => {
    const ips = contested.get(keyText(key));
    return ips === undefined
      ? []
      : [[keyText(key), withClaims(key.name, candidates.get(keyText(key)) ?? [], ips)] as const];
  });
  return new Map([...candidates, ...changed]);
}

function withClaims(mac: string, candidates: readonly Candidate[], ips: readonly SettledIp[]): readonly Candidate[] {
  const withheld = ips.filter(({ holder }) => holder !== mac).map(({ name }) => name);
  const moved = ips.flatMap(({ name, after }) => {
    const own = after.claims.find((each) => each.mac === mac && each.isClaimed && each.isOurs);
    return own === undefined || own.sequence === 0 ? [] : [{ ip: name, sequence: own.sequence }];
  });
  return candidates.map((each) => ({ ...each, withheld, ...(isImported(each) ? {} : { moved }) }));
}
