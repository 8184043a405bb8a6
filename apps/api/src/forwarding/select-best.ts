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

export interface Best {
  readonly kind: MacKind;
  readonly place: Place;
  /** Of all candidates together, in one order: what the switch learned and what the inventory knows complete each other. */
  readonly ips: readonly IpAddress[];
}

/**
 * Who is right about the MAC: an operator who states it before everybody who only claims it; then the latest claim that leads
 * somewhere; if two are equal, the lower VTEP or connection.
 */
export function selectBest(candidates: readonly Candidate[]): Best | undefined {
  let best: Competitor | undefined;
  for (const candidate of candidates) {
    if (!competes(candidate)) continue;
    if (best === undefined || isBetter(candidate, best)) best = candidate;
  }
  if (best === undefined) return undefined;
  const ips = [...new Set(candidates.flatMap((candidate) => candidate.ips))].sort(byFamily);
  return { kind: best.kind, place: best.place, ips };
}

type Competitor = Candidate & { readonly place: Place };

function competes(candidate: Candidate): candidate is Competitor {
  return candidate.place !== undefined;
}

function isBetter(a: Competitor, b: Competitor): boolean {
  if ((a.kind === 'static') !== (b.kind === 'static')) return a.kind === 'static';
  return a.claim > b.claim || (a.claim === b.claim && nameOf(a.place) < nameOf(b.place));
}

function nameOf(place: Place): string {
  return 'vtep' in place ? place.vtep : place.connection;
}
