import { type IpClaim, type IpRule, selectIpClaim } from './ip-claims.js';
import { type IpMoves, holderOf } from './ip-moves.js';
import { type Candidate, isImported, selectBetweenClouds } from './select-best.js';
import type { Settling } from './settling.js';

/**
 * `mac_frozen`, `ip_frozen`: it is claimed by turns, and does not move any more; `mac_static`: it cannot move in one cloud, and another
 * claims it; `mac_port`: a port here has it, and other clouds believe another one; `ip_immutable`: an IP that is bound to one MAC is
 * claimed by another; `ip_duplicate`: clouds claim an IP for different MACs.
 */
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

export const CONFLICT_KINDS = [
  'mac_frozen',
  'mac_static',
  'mac_port',
  'ip_frozen',
  'ip_immutable',
  'ip_duplicate',
] as const;

/** Clouds do not agree on a MAC or an IP, and an operator should know it. */
export interface Conflict {
  readonly kind: ConflictKind;
  /** Who claims what, who has it now, and until when. */
  readonly text: string;
  readonly claims: readonly ConflictingClaim[];
}

/** In the names that operators see. */
export interface ConflictingClaim {
  readonly cloud: string;
  readonly mac: string;
  readonly sequence: number;
  /** A MAC that cannot move, or an IP that no other MAC can have. */
  readonly static: boolean;
}

/** What is wrong with who claims a MAC; undefined: nothing, for that it moves is no conflict. What an operator states he knows. */
export function macConflict(mac: string, candidates: readonly Candidate[], settling: Settling): Conflict | undefined {
  const rivals = candidates.filter((each) => each.place !== undefined);
  if (rivals.length === 0 || rivals.some(({ kind }) => kind === 'static')) return undefined;
  const clouds = [...new Set(rivals.map(({ cloud = '' }) => cloud))].sort();
  if (clouds.length < 2 && !settling.isFrozen) return undefined;
  const claims = clouds.map((cloud) => macClaim(mac, cloud, rivals));
  if (settling.isFrozen) return { kind: 'mac_frozen', text: frozenText(settling), claims };
  const best = selectBetweenClouds(rivals);
  const others = clouds.filter((each) => each !== best?.cloud).map((each) => `cloud ${each}`);
  const has = `Cloud ${best?.cloud ?? ''} has it`;
  if (best?.isSticky === true)
    return { kind: 'mac_static', text: `${has}, where it cannot move; ${others.join(', ')} claims it, too.`, claims };
  const isPort = rivals.some(({ kind }) => kind === 'port');
  if (!isPort || best === undefined || !isImported(best)) return undefined;
  return {
    kind: 'mac_port',
    text: `${has} for all others; here it is at its port, of which they are not told.`,
    claims,
  };
}

/** What is wrong with who claims an IP. Several MACs of one cloud are its own business; each cloud may have a router at the gateway's address. */
export function ipConflict(moves: IpMoves): Conflict | undefined {
  if (moves.claims.length < 2 && moves.settling?.isFrozen !== true) return undefined;
  const claimed = moves.claims.filter((each) => each.isClaimed);
  const claims = [...claimed].sort((a, b) => (a.mac < b.mac ? -1 : 1)).map(ipClaim);
  if (moves.settling?.isFrozen === true && claimed.length > 0) {
    const text = `${namesOf(moves.claims)} claim it by turns: no switch is told who has it until ${timeOf(moves.settling)}.`;
    return { kind: 'ip_frozen', text, claims };
  }
  const right = selectIpClaim(claimed);
  const rivals = claimed.filter(({ mac, cloud }) => mac !== holderOf(moves) && cloud !== right?.claim.cloud);
  if (right === undefined || rivals.length === 0) return undefined;
  const { claim, rule = 'sequence' } = right;
  if (claim.isRouter && rivals.every((each) => each.isRouter)) return undefined;
  const kind = claim.isImmutable && rivals.some((each) => !each.isImmutable) ? 'ip_immutable' : 'ip_duplicate';
  return { kind, text: `${nameOf(claim)} has it: ${IP_RULES[rule]}. Not so ${namesOf(rivals)}.`, claims };
}

const IP_RULES: Readonly<Record<IpRule, string>> = {
  stated: 'an operator has stated it',
  'own-router': 'it is a router of this cloud',
  immutable: 'it is bound to this MAC',
  sequence: 'it has moved there last',
  'lowest-cloud': 'of equal claims, the lower cloud id decides',
  'lowest-mac': 'of equal claims of a cloud, the lower MAC decides',
};

function frozenText(settling: Settling): string {
  const keeper = settling.stable === undefined ? 'none' : `cloud ${settling.stable}`;
  return `Clouds claim it by turns: ${keeper} keeps it until ${timeOf(settling)}.`;
}

function timeOf({ frozenUntil = 0 }: Settling): string {
  return `${new Date(frozenUntil).toISOString().slice(0, 19)}Z`;
}

function macClaim(mac: string, cloud: string, rivals: readonly Candidate[]): ConflictingClaim {
  const own = rivals.filter((each) => (each.cloud ?? '') === cloud);
  const sequence = Math.max(0, ...own.map((each) => each.sequence ?? 0));
  return { cloud, mac, sequence, static: own.some((each) => each.isSticky) };
}

function ipClaim({ cloud, mac, sequence, isImmutable }: IpClaim): ConflictingClaim {
  return { cloud, mac, sequence, static: isImmutable };
}

const nameOf = ({ mac, cloud }: IpClaim): string => `${mac} of cloud ${cloud}`;
const namesOf = (claims: readonly IpClaim[]): string => claims.map(nameOf).sort().join(' and ');
