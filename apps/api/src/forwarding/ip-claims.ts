import type { IpAddress } from '@l2gw/l2';
import { type Candidate, isImported, selectBest } from './select-best.js';

/** That a MAC has an IP, as it is compared with what is said of other MACs. */
export interface IpClaim {
  readonly mac: string;
  /** The cloud that says so. */
  readonly cloud: string;
  readonly isOurs: boolean;
  /** An operator has stated it. */
  readonly isStated: boolean;
  /** No other MAC can have the IP (RFC 9047, flag I). */
  readonly isImmutable: boolean;
  /** The IP is a router's (RFC 9047, flag R). */
  readonly isRouter: boolean;
  /** How often the IP had moved between MACs when this one claimed it. */
  readonly sequence: number;
  /** Position of the latest of our claims that say so among the local ones; 0 if none does. */
  readonly claim: bigint;
  /** False: it is only remembered. */
  readonly isClaimed: boolean;
  /** As of a MAC; absent: it was never seen to go. */
  readonly goneAt?: number;
}

/** What tells the MAC that has an IP from the next best. */
export type IpRule = 'stated' | 'own-router' | 'immutable' | 'sequence' | 'lowest-cloud' | 'lowest-mac';

type Comparison = readonly [IpRule, (a: IpClaim, b: IpClaim) => number];

/** Alike in every cloud, but for what only our operators state, and that each cloud may have a router of its own at the gateway's address. */
const RULES: readonly Comparison[] = [
  ['stated', (a, b) => Number(b.isStated) - Number(a.isStated)],
  ['own-router', (a, b) => Number(b.isOurs && b.isRouter) - Number(a.isOurs && a.isRouter)],
  ['immutable', (a, b) => Number(b.isImmutable) - Number(a.isImmutable)],
  ['sequence', (a, b) => b.sequence - a.sequence],
  ['lowest-cloud', (a, b) => ascending(a.cloud, b.cloud)],
  ['lowest-mac', (a, b) => ascending(a.mac, b.mac)],
];

/** Which IPs the MAC has by what is known of it: by the one who is right about it, and by what this cloud knows besides. */
export function ipClaimsOf(mac: string, candidates: readonly Candidate[]): ReadonlyMap<IpAddress, IpClaim> {
  const best = selectBest(candidates)?.candidate;
  if (best === undefined) return new Map();
  const known = [best, ...candidates.filter((each) => each !== best && !isImported(each))];
  const ips = new Set(known.flatMap((each) => each.ips));
  return new Map([...ips].map((ip) => [ip, claimOn(ip, mac, best, known)]));
}

/** Which of the claims is right; undefined: there is none. */
export function selectIpClaim(
  claims: readonly IpClaim[],
): { readonly claim: IpClaim; readonly rule?: IpRule } | undefined {
  const [claim, next] = claims.filter((each) => each.isClaimed).sort((a, b) => compare(a, b).order);
  if (claim === undefined) return undefined;
  return next === undefined ? { claim } : { claim, rule: compare(claim, next).rule };
}

function claimOn(ip: IpAddress, mac: string, best: Candidate, known: readonly Candidate[]): IpClaim {
  const saying = known.filter((each) => each.ips.includes(ip));
  const { kind, cloud, moved } = saying[0] ?? best;
  const ours = saying.filter((each) => !isImported(each));
  return {
    mac,
    cloud: cloud ?? '',
    isOurs: !isImported({ kind }),
    isStated: kind === 'static',
    isImmutable: saying.some(({ immutable }) => immutable?.includes(ip)),
    isRouter: saying.some(({ routers }) => routers?.includes(ip)),
    sequence: moved?.find((each) => each.ip === ip)?.sequence ?? 0,
    claim: ours.reduce((most, each) => (each.claim > most ? each.claim : most), 0n),
    isClaimed: true,
  };
}

function compare(a: IpClaim, b: IpClaim): { readonly order: number; readonly rule: IpRule } {
  for (const [rule, apart] of RULES) {
    const order = apart(a, b);
    if (order !== 0) return { order, rule };
  }
  return { order: 0, rule: 'lowest-mac' };
}

function ascending(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
