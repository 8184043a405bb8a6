import type { MacKind } from '@l2gw/contracts';
import { type IpAddress, type VtepIp, byFamily } from '@l2gw/l2';

/** Somebody who says that a MAC of a network is his. */
export interface Candidate {
  readonly kind: MacKind;
  /** Where it would be; absent while its host or switch has no VTEP, and then it does not compete. */
  readonly place: Place | undefined;
  readonly ips: readonly IpAddress[];
  /** Position among the local claims: a bound port and a learned MAC take the next one when they appear (RFC 7432 §15, mobility). */
  readonly claim: bigint;
}

/** Behind a VTEP of this cloud, or behind a remote gateway connection, which is named by its id. */
export type Place = { readonly vtep: VtepIp } | { readonly connection: string };

type Competitor = Candidate & { readonly place: Place };

/** What told the best from the next best; `only` if there was none, `same` if both are at one place. */
export type Rule = 'only' | 'stated' | 'latest-claim' | 'lowest-place' | 'same';

export interface Best {
  readonly kind: MacKind;
  readonly place: Place;
  /** Of all candidates together, in one order: what the switch learned and what the inventory knows complete each other. */
  readonly ips: readonly IpAddress[];
  /** Who it is, as it was given. */
  readonly candidate: Candidate;
  readonly rule: Rule;
}

/** In this order: the first that tells two candidates apart decides between them. Negative: the first of the two is better. */
const RULES: readonly (readonly [Rule, (a: Competitor, b: Competitor) => number])[] = [
  ['stated', (a, b) => Number(b.kind === 'static') - Number(a.kind === 'static')],
  ['latest-claim', (a, b) => ascending(b.claim, a.claim)],
  ['lowest-place', (a, b) => ascending(nameOf(a.place), nameOf(b.place))],
];

/**
 * Who is right about the MAC: an operator who states it before everybody who only claims it; then the latest claim that leads
 * somewhere; if two are equal, the lower VTEP or connection.
 */
export function selectBest(candidates: readonly Candidate[]): Best | undefined {
  const [candidate, next] = candidates.filter(competes).sort((a, b) => compare(a, b).order);
  if (candidate === undefined) return undefined;
  const ips = [...new Set(candidates.flatMap((each) => each.ips))].sort(byFamily);
  const rule = next === undefined ? 'only' : compare(candidate, next).rule;
  return { kind: candidate.kind, place: candidate.place, ips, candidate, rule };
}

/** The VTEP IP, or the connection's id. */
export function nameOf(place: Place): string {
  return 'vtep' in place ? place.vtep : place.connection;
}

function competes(candidate: Candidate): candidate is Competitor {
  return candidate.place !== undefined;
}

function compare(a: Competitor, b: Competitor): { readonly order: number; readonly rule: Rule } {
  for (const [rule, apart] of RULES) {
    const order = apart(a, b);
    if (order !== 0) return { order, rule };
  }
  return { order: 0, rule: 'same' };
}

function ascending<Value extends bigint | string>(a: Value, b: Value): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
