import { statusOf } from '../connections/connection-status.js';
import { type Life, type SwitchColumns, switchStatesOf } from '../connections/switch-states.js';
import type { DescribedCandidate } from './candidates.js';
import type { DerivedRow, ExplanationFacts } from './explanation-facts.js';
import { type Best, type Rule, selectBest } from './select-best.js';

const RULES: Readonly<Record<Rule, string>> = {
  only: 'nobody else claims it and leads to a VTEP',
  'latest-claim': 'it is the latest claim',
  'lowest-vtep': 'of two equal claims, it has the lower VTEP',
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
    chosen: best === undefined ? null : { kind: best.kind, vtep: best.vtep, ips: best.ips, rule: best.rule },
    derived: facts.derived === undefined ? null : derivedView(facts.derived, best),
    switches: facts.switches.map((each) => ({
      switch: each.name,
      tunnel_ips: each.tunnel_ips ?? [],
      ...nextHop(best, each.tunnel_ips ?? []),
      ...switchStatus(facts.network.id, each, life),
    })),
    hosts: facts.hosts.map(({ host, vtep_ip }) => ({
      host,
      tunnel_ip: vtep_ip,
      ...nextHop(best, vtep_ip === null ? [] : [vtep_ip]),
    })),
  };
}

function textOf({ candidates, network, mac, derived }: ExplanationFacts, best: Best | undefined): string {
  if (candidates.length === 0) return `Nobody claims ${mac} in network ${network.id}.`;
  if (best === undefined)
    return `${mac} is nowhere: none of those who claim it is on a host or switch with a tunnel IP.`;
  const place = `${mac} is behind ${best.vtep}: ${RULES[best.rule]}.`;
  return isCompiled(derived, best) ? place : `${place} The compiler has not come to it yet.`;
}

function candidateView(candidate: DescribedCandidate, best: Best | undefined): object {
  const { kind, vtep, ips, claim, origin } = candidate;
  const reason = vtep === undefined ? { reason: noPlace(candidate) } : {};
  const is_chosen = candidate === best?.candidate;
  return {
    kind,
    ...origin,
    vtep: vtep ?? null,
    ips,
    claim: Number(claim),
    competes: vtep !== undefined,
    is_chosen,
    ...reason,
  };
}

function noPlace({ origin }: DescribedCandidate): string {
  if ('switch' in origin) return `switch ${origin.switch} reports no tunnel IP`;
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
  const { place } = JSON.parse(derived.row) as { readonly place?: { readonly vtep?: string } };
  return place?.vtep === best?.vtep;
}

/** The VTEP to which a switch or host with these tunnel IPs sends frames for it; none if it is nowhere, or behind the same VTEP. */
function nextHop(
  best: Best | undefined,
  tunnelIps: readonly string[],
): { readonly next_hop: string | null; readonly is_local: boolean } {
  const is_local = best !== undefined && tunnelIps.includes(best.vtep);
  return { next_hop: best === undefined || is_local ? null : best.vtep, is_local };
}

function switchStatus(network_id: string, columns: SwitchColumns, life: Life): object {
  const { status, reason } = statusOf(switchStatesOf({ network_id, switches: [columns] }, life));
  return { status, status_reason: reason };
}
