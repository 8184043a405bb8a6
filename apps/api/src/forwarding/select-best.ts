import type { MacKind, MovedIp } from '@l2gw/contracts';
import { type IpAddress, type VtepIp, byFamily } from '@l2gw/l2';

/** Somebody who says that a MAC of a network is his. */
export interface Candidate {
  readonly kind: MacKind;
  /** Where it would be; absent while its host or switch has no VTEP, and then it does not compete. */
  readonly place: Place | undefined;
  readonly ips: readonly IpAddress[];
  /** Position among the local claims: a bound port and a learned MAC take the next one when they appear (RFC 7432 §15, mobility). */
  readonly claim: bigint;
  /** How often the MAC had moved between clouds when this one claimed it (RFC 7432 §7.7); the same of all of one cloud. 0 if absent. */
  readonly sequence?: number;
  /** It cannot move (RFC 7432 §15.2). */
  readonly isSticky?: boolean;
  /** Id of the cloud that says so; of this one, or unknown, if absent. */
  readonly cloud?: string;
  /** Clouds claim the MAC by turns, and another one keeps it. A port of ours keeps our own readers all the same. */
  readonly isFrozen?: boolean;
  /** Those of its IPs that no other MAC can have, and those that are a router's (RFC 9047, flags I and R). */
  readonly immutable?: readonly IpAddress[];
  readonly routers?: readonly IpAddress[];
  /** Those of its IPs that other MACs have had, with the sequence of this claim. */
  readonly moved?: readonly MovedIp[];
  /** IPs that another MAC has, or nobody while they are frozen; the same of all who claim the MAC. */
  readonly withheld?: readonly IpAddress[];
  /** The hash of what another cloud says, unless it was found before that nothing else is known of the MAC and its IPs. */
  readonly unjudged?: string;
}

/** Behind a VTEP of this cloud, or behind a remote gateway connection, which is named by its id. */
export type Place = { readonly vtep: VtepIp } | { readonly connection: string };

type Competitor = Candidate & { readonly place: Place };

/** What told the best from the next best; `only` if there was none, `same` if both are at one place. */
export type Rule = (typeof RULE_NAMES)[number];

export const RULE_NAMES = [
  'only',
  'stated',
  'own-port',
  'sticky',
  'sequence',
  'lowest-cloud',
  'latest-claim',
  'lowest-place',
  'same',
] as const;

export interface Best {
  readonly kind: MacKind;
  readonly place: Place;
  /** Of this cloud's candidates and the best, in one order: what the switch learned and what the inventory knows complete each other. */
  readonly ips: readonly IpAddress[];
  /** Who it is, as it was given. */
  readonly candidate: Candidate;
  readonly rule: Rule;
}

type Comparison = readonly [Rule, (a: Competitor, b: Competitor) => number];

/**
 * Between clouds, in this order. Who is right must come out alike in every cloud, so no place decides here: the same host is behind
 * another VTEP for each of them.
 */
const BETWEEN_CLOUDS: readonly Comparison[] = [
  ['sticky', (a, b) => Number(b.isSticky ?? false) - Number(a.isSticky ?? false)],
  ['sequence', (a, b) => (b.sequence ?? 0) - (a.sequence ?? 0)],
  ['lowest-cloud', (a, b) => ascending(a.cloud ?? '', b.cloud ?? '')],
];

const STATED: Comparison = ['stated', (a, b) => Number(b.kind === 'static') - Number(a.kind === 'static')];
const OWN_PORT: Comparison = ['own-port', (a, b) => Number(isImported(a)) - Number(isImported(b))];

const WITHIN_CLOUD: readonly Comparison[] = [
  ['latest-claim', (a, b) => ascending(b.claim, a.claim)],
  ['lowest-place', (a, b) => ascending(nameOf(a.place), nameOf(b.place))],
];

const RULES: readonly Comparison[] = [STATED, ...BETWEEN_CLOUDS, ...WITHIN_CLOUD];
const RULES_WITH_PORT: readonly Comparison[] = [STATED, OWN_PORT, ...BETWEEN_CLOUDS, ...WITHIN_CLOUD];

/**
 * Who is right about the MAC: an operator who states it before everybody who only claims it; then this cloud, if a port of its inventory
 * has the MAC; then the cloud to which it moved last; within that, the latest claim that leads somewhere; if two are equal, the lower
 * VTEP or connection.
 */
export function selectBest(candidates: readonly Candidate[]): Best | undefined {
  const competitors = candidates.filter(competes);
  const rules = competitors.some((each) => each.kind === 'port') ? RULES_WITH_PORT : RULES;
  const [candidate, next] = competitors.sort((a, b) => compare(rules, a, b).order);
  if (candidate === undefined) return undefined;
  const { kind, place, withheld } = candidate;
  const said = candidates.flatMap((each) => (each === candidate || !isImported(each) ? each.ips : []));
  const ips = [...new Set(said)].filter((ip) => withheld?.includes(ip) !== true).sort(byFamily);
  const rule = next === undefined ? 'only' : compare(rules, candidate, next).rule;
  return { kind, place, ips, candidate, rule };
}

/**
 * What this cloud tells the others of the MAC: its best claim, unless an operator has stated the MAC elsewhere, or another cloud is
 * right between clouds; a port of ours that lost keeps our own readers only.
 */
export function selectExported(candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.some((each) => each.kind === 'static' && competes(each))) return undefined;
  const best = selectBetweenClouds(candidates.filter((each) => each.isFrozen !== true));
  return best === undefined || isImported(best) ? undefined : best;
}

/** Whose claim is right between clouds, whatever operators state and whoever has a port. */
export function selectBetweenClouds(candidates: readonly Candidate[]): Candidate | undefined {
  const competitors = candidates.filter((each) => each.place !== undefined && each.kind !== 'static') as Competitor[];
  return competitors.sort((a, b) => compare([...BETWEEN_CLOUDS, ...WITHIN_CLOUD], a, b).order)[0];
}

export function isImported({ kind }: Pick<Candidate, 'kind'>): boolean {
  return kind === 'imported';
}

/** The VTEP IP, or the connection's id. */
export function nameOf(place: Place): string {
  return 'vtep' in place ? place.vtep : place.connection;
}

function competes(candidate: Candidate): candidate is Competitor {
  return candidate.place !== undefined && (candidate.isFrozen !== true || candidate.kind === 'port');
}

function compare(
  rules: readonly Comparison[],
  a: Competitor,
  b: Competitor,
): { readonly order: number; readonly rule: Rule } {
  for (const [rule, apart] of rules) {
    const order = apart(a, b);
    if (order !== 0) return { order, rule };
  }
  return { order: 0, rule: 'same' };
}

function ascending<Value extends bigint | string>(a: Value, b: Value): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
