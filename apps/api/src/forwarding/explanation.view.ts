import { statusOf } from '../connections/connection-status.js';
import { type Life, type SwitchColumns, switchStatesOf } from '../connections/switch-states.js';
import type { DescribedCandidate } from './candidates.js';
import type { DerivedRow, ExplanationFacts } from './explanation-facts.js';
import { type Best, type Place, type Rule, isImported, nameOf, selectBest, selectExported } from './select-best.js';

const RULES: Readonly<Record<Rule, string>> = {
  only: 'nobody else claims it and leads to a VTEP',
  stated: 'an operator has stated it',
  'own-port': 'it is a port of this cloud, whatever another cloud claims',
  sticky: 'it cannot move',
  sequence: 'it has moved there last between clouds',
  'lowest-cloud': 'of two equal claims of clouds, the lower cloud id decides',
  'latest-claim': 'it is the latest claim',
  'lowest-place': 'of two equal claims, it has the lower VTEP or connection',
  same: 'of two equal claims to the same place, either',
};

/** Where a MAC is, who says so, why he is believed, and how far it has come. */
export function explanationView(facts: ExplanationFacts, life: Life): Readonly<Record<string, unknown>> {
  const best = selectBest(facts.candidates);
  return {
    network_id: facts.network.id,
    network_name: facts.network.name,
    mac: facts.mac,
    text: textOf(facts, best),
    candidates: facts.candidates.map((each) => candidateView(each, best)),
    chosen: best === undefined ? null : { kind: best.kind, ...best.place, ips: best.ips, rule: best.rule },
    conflicts: facts.conflicts,
    exported: facts.exported,
    derived: facts.derived === undefined ? null : derivedView(facts.derived, best),
    switches: facts.switches.map((each) => ({
      switch: each.name,
      tunnel_ips: each.tunnel_ips ?? [],
      ...(best === undefined ? NOWHERE : nextHop(best.place, each, facts)),
      ...switchStatus(facts.network.id, each, life),
    })),
    hosts: facts.hosts.map(({ host, vtep_ip }) => ({
      host,
      tunnel_ip: vtep_ip,
      ...(best === undefined ? NOWHERE : nextHop(best.place, { tunnel_ips: [vtep_ip ?? ''], remotes: null }, facts)),
    })),
  };
}

function textOf({ candidates, network, mac, derived }: ExplanationFacts, best: Best | undefined): string {
  if (candidates.length === 0) return `Nobody claims ${mac} in network ${network.id}.`;
  if (best === undefined && candidates.some((each) => each.isFrozen === true))
    return `${mac} is led nowhere: ${FROZEN}.`;
  if (best === undefined)
    return `${mac} is nowhere: none of those who claim it is on a host or switch with a tunnel IP.`;
  const behind = 'vtep' in best.place ? '' : 'remote gateway connection ';
  const place = `${mac} is behind ${behind}${nameOf(best.place)}: ${RULES[best.rule]}.${conflictText(candidates)}`;
  return isCompiled(derived, best) ? place : `${place} The compiler has not come to it yet.`;
}

/** A claim of ours that other clouds are not told of, because one of them is right between clouds. */
function conflictText(candidates: readonly DescribedCandidate[]): string {
  const rival = selectBest(candidates.filter(isImported))?.candidate;
  const isOurs = candidates.some((each) => each.kind !== 'static' && !isImported(each) && each.place !== undefined);
  const isStated = candidates.some((each) => each.kind === 'static');
  if (rival === undefined || !isOurs || isStated || selectExported(candidates) !== undefined) return '';
  return ` Cloud ${rival.cloud ?? ''} claims it, too, with sequence ${rival.sequence ?? 0}: other clouds are not told that it is here.`;
}

function candidateView(candidate: DescribedCandidate, best: Best | undefined): object {
  const { kind, place, ips, claim, origin } = candidate;
  const reason =
    place === undefined ? { reason: noPlace(candidate) } : candidate.isFrozen === true ? { reason: FROZEN } : {};
  const is_chosen = candidate === best?.candidate;
  return {
    kind,
    ...origin,
    vtep: place !== undefined && 'vtep' in place ? place.vtep : null,
    ips,
    ...(candidate.immutable === undefined ? {} : { immutable: candidate.immutable }),
    ...(candidate.routers === undefined ? {} : { routers: candidate.routers }),
    claim: Number(claim),
    sequence: candidate.sequence ?? 0,
    competes: place !== undefined && candidate.isFrozen !== true,
    is_chosen,
    ...reason,
  };
}

const FROZEN = 'clouds claim it by turns, and another one keeps it; see clear-duplicates of l2-sync-peers';

function noPlace({ origin }: DescribedCandidate): string {
  if ('switch' in origin) return `switch ${origin.switch} reports no tunnel IP`;
  if (!('host' in origin)) return '';
  return origin.host === '' ? 'the port is on no host' : `host ${origin.host} has no tunnel IP`;
}

function derivedView({ row, revision, written_at }: DerivedRow, best: Best | undefined): object {
  return {
    row: row === null ? null : (JSON.parse(row) as unknown),
    revision: Number(revision),
    written_at: written_at.toISOString(),
    is_current: isCompiled({ row, revision, written_at }, best),
  };
}

/** Whether what was derived is what the candidates amount to now. */
function isCompiled(derived: DerivedRow | undefined, best: Best | undefined): boolean {
  if (derived === undefined || derived.row === null) return best === undefined;
  const { place } = JSON.parse(derived.row) as { readonly place: Place };
  return best !== undefined && nameOf(place) === nameOf(best.place);
}

interface NextHop {
  /** The VTEP to which frames for it are sent; none if there is no way, or several. */
  readonly next_hop: string | null;
  readonly is_local: boolean;
  /** One of these passes the frames on. */
  readonly relays?: readonly string[];
}

const NOWHERE: NextHop = { next_hop: null, is_local: false };

/** Where a switch or host sends frames: nowhere if it is behind the same VTEP; to another cloud by a way of its own, or a relay's. */
function nextHop(
  place: Place,
  { tunnel_ips, remotes }: Pick<SwitchColumns, 'tunnel_ips' | 'remotes'>,
  { relays }: Pick<ExplanationFacts, 'relays'>,
): NextHop {
  if ('vtep' in place) {
    const is_local = tunnel_ips?.includes(place.vtep) ?? false;
    return { next_hop: is_local ? null : place.vtep, is_local };
  }
  const own = remotes?.find((each) => each.connection === place.connection);
  if (own !== undefined && own.down !== true) return { next_hop: own.vtep, is_local: false };
  const others = relays[place.connection] ?? [];
  return { next_hop: others.length === 1 ? (others[0] ?? null) : null, is_local: false, relays: others };
}

function switchStatus(network_id: string, columns: SwitchColumns, life: Life): object {
  const { status, reason } = statusOf(switchStatesOf({ network_id, switches: [columns] }, life));
  return { status, status_reason: reason };
}
