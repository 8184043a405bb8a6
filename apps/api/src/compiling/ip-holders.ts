import type { IpAddress } from '@l2gw/l2';
import { type Mark, markMac } from '../database/facts.js';
import { type NetworkKey, keyText } from '../forwarding/candidates.js';
import { ipConflict } from '../forwarding/conflicts.js';
import { type IpClaim, ipClaimsOf } from '../forwarding/ip-claims.js';
import { type IpMoves, holderOf, ipMovesAfter } from '../forwarding/ip-moves.js';
import { type Candidate, isImported } from '../forwarding/select-best.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Agreement } from './conflict-rows.js';
import {
  type ChangedClaim,
  type StoredIp,
  forgetJudged,
  readIps,
  writeIpClaims,
  writeSettlings,
} from './ip-claim-rows.js';
import type { SequencedMac } from './mac-sequences.js';

export interface HeldIps {
  /** Those of the MACs of which something follows from their IPs: the sequences of these, and which of them are another's. */
  readonly candidates: ReadonlyMap<string, readonly Candidate[]>;
  /** Of which IPs a claim of each MAC is stored now, in order. */
  readonly ips: ReadonlyMap<string, readonly string[]>;
  /** Of each IP that was looked at. */
  readonly agreements: readonly Agreement[];
  /** MACs that have gained or lost an IP by this and were not looked at themselves. */
  readonly marks: readonly Mark[];
}

interface AskedIp extends NetworkKey {
  /** What the MACs that are looked at say of it now. */
  readonly said: Map<string, IpClaim | undefined>;
}

interface SettledIp extends AskedIp {
  readonly before: Pick<StoredIp, 'moves' | 'withheld'>;
  readonly after: IpMoves;
  readonly holder: string | undefined;
}

/** Looks which of the IPs of these MACs of shared networks are theirs, and remembers it. Within the round's transaction: nobody else writes it. */
export async function heldIps(db: CompilerConnection, macs: readonly SequencedMac[]): Promise<HeldIps> {
  const now = Date.now();
  const asked = askedIps(macs);
  const stored = new Map((await readIps(db, [...asked.values()])).map((each) => [keyText(each), each]));
  const settled = [...asked].map(([text, ip]) => {
    const before = stored.get(text) ?? NOTHING;
    const after = ipMovesAfter(before.moves, ip.said, now);
    return { ...ip, before, after, holder: holderOf(after) };
  });
  await write(db, settled);
  return {
    candidates: contested(macs, settled),
    ips: ipsOf(settled),
    agreements: settled.map(({ network, name, after }) => ({ network, name, conflict: ipConflict(after) })),
    marks: settled.flatMap(turned),
  };
}

const NOTHING: SettledIp['before'] = { moves: { claims: [], settling: undefined }, withheld: new Set() };

/** The IPs that the MACs have, and those that they had. */
function askedIps(macs: readonly SequencedMac[]): ReadonlyMap<string, AskedIp> {
  const asked = new Map<string, AskedIp>();
  for (const { key, before, candidates } of macs) {
    const claims = ipClaimsOf(key.name, candidates);
    for (const name of new Set([...claims.keys(), ...(before?.ips ?? [])])) {
      const ip = { network: key.network, name };
      const known = asked.get(keyText(ip)) ?? { ...ip, said: new Map() };
      asked.set(keyText(ip), known);
      known.said.set(key.name, claims.get(name as IpAddress));
    }
  }
  return asked;
}

async function write(db: CompilerConnection, settled: readonly SettledIp[]): Promise<void> {
  await forgetJudged(db, settled.filter(isOtherThanBefore));
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
  const changed = after.claims
    .map((claim) => ({ claim, isWithheld: isWithheld(claim, holder) }))
    .filter(({ claim, isWithheld }) => {
      return !agreeIn(STORED, known.get(claim.mac), claim) || before.withheld.has(claim.mac) !== isWithheld;
    });
  return [
    ...gone.map(({ mac }) => ({ network, name, mac, claim: undefined, isWithheld: false })),
    ...changed.map((each) => ({ network, name, mac: each.claim.mac, ...each })),
  ];
}

function isWithheld({ mac, isClaimed }: IpClaim, holder: string | undefined): boolean {
  return isClaimed && mac !== holder;
}

/** Since when nobody claims the IP any more is nothing that could be judged. */
function isOtherThanBefore({ before, after, holder }: SettledIp): boolean {
  const known = new Map(before.moves.claims.map((claim) => [claim.mac, claim]));
  return (
    after.claims.length !== known.size ||
    after.claims.some((claim) => {
      return (
        !agreeIn(LASTING, known.get(claim.mac), claim) || before.withheld.has(claim.mac) !== isWithheld(claim, holder)
      );
    })
  );
}

const LASTING = ['cloud', 'isOurs', 'isStated', 'isImmutable', 'isRouter', 'sequence', 'claim'] as const;
/** Whether the MAC claims the IP now follows from what is derived. */
const STORED = [...LASTING, 'goneAt'] as const;

function agreeIn(names: readonly (keyof IpClaim)[], before: IpClaim | undefined, after: IpClaim): boolean {
  return before !== undefined && names.every((name) => before[name] === after[name]);
}

function turned({ network, said, before, after, holder }: SettledIp): readonly Mark[] {
  const others = after.claims.filter(({ mac, isClaimed }) => isClaimed && !said.has(mac));
  return others
    .filter((claim) => before.withheld.has(claim.mac) !== isWithheld(claim, holder))
    .map(({ mac }) => markMac(network, mac));
}

function ipsOf(settled: readonly SettledIp[]): ReadonlyMap<string, readonly string[]> {
  const ips = new Map<string, string[]>();
  for (const { network, name, said, after } of settled)
    for (const { mac } of after.claims) {
      if (!said.has(mac)) continue;
      const text = keyText({ network, name: mac });
      const known = ips.get(text);
      if (known === undefined) ips.set(text, [name]);
      else known.push(name);
    }
  for (const each of ips.values()) each.sort();
  return ips;
}

/** Most MACs have their IPs for themselves, and their candidates stay as they are. */
function contested(macs: readonly SequencedMac[], settled: readonly SettledIp[]): HeldIps['candidates'] {
  const ips = new Map<string, SettledIp[]>();
  for (const each of settled) {
    if (each.after.claims.length < 2 && each.holder !== undefined && each.after.claims[0]?.sequence === 0) continue;
    for (const mac of each.said.keys()) {
      const text = keyText({ network: each.network, name: mac });
      ips.set(text, [...(ips.get(text) ?? []), each]);
    }
  }
  return new Map(
    macs.flatMap(({ key, candidates }) => {
      const own = ips.get(keyText(key));
      return own === undefined ? [] : [[keyText(key), withClaims(key.name, candidates, own)] as const];
    }),
  );
}

function withClaims(mac: string, candidates: readonly Candidate[], ips: readonly SettledIp[]): readonly Candidate[] {
  const withheld = ips.filter(({ holder }) => holder !== mac).map(({ name }) => name as IpAddress);
  const moved = ips.flatMap(({ name, after }) => {
    const own = after.claims.find((each) => each.mac === mac && each.isClaimed && each.isOurs);
    return own === undefined || own.sequence === 0 ? [] : [{ ip: name as IpAddress, sequence: own.sequence }];
  });
  return candidates.map((each) => ({ ...each, withheld, ...(isImported(each) ? {} : { moved }) }));
}
