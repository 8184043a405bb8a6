import type { MacKind } from '@l2gw/contracts';
import { type IpAddress, type VtepIp, byFamily } from '@l2gw/l2';

/** Somebody who says that a MAC of a network is his. */
export interface Candidate {
  readonly kind: MacKind;
  /** Where it would be; absent while its host or switch has no VTEP, and then it does not compete. */
  readonly vtep: VtepIp | undefined;
  readonly ips: readonly IpAddress[];
  /** Position among the local claims: a bound port and a learned MAC take the next one when they appear (RFC 7432 §15, mobility). */
  readonly claim: bigint;
}

export interface Best {
  readonly kind: MacKind;
  readonly vtep: VtepIp;
  /** Of all candidates together, in one order: what the switch learned and what the inventory knows complete each other. */
  readonly ips: readonly IpAddress[];
}

/** Who is right about the MAC: the latest claim that leads somewhere; if two are equal, the lower VTEP. */
export function selectBest(candidates: readonly Candidate[]): Best | undefined {
  let best: (Candidate & { readonly vtep: VtepIp }) | undefined;
  for (const candidate of candidates) {
    const { vtep } = candidate;
    if (vtep === undefined) continue;
    if (best === undefined || candidate.claim > best.claim || (candidate.claim === best.claim && vtep < best.vtep)) {
      best = { ...candidate, vtep };
    }
  }
  if (best === undefined) return undefined;
  const ips = [...new Set(candidates.flatMap((candidate) => candidate.ips))].sort(byFamily);
  return { kind: best.kind, vtep: best.vtep, ips };
}
