import type { ExportedMac, PolicyRule } from '@l2gw/contracts';
import { Cidrs } from './cidrs.js';

/** Whether the operator wants a row to pass: the first rule that matches decides, what none matches passes. */
export type Policy = (row: ExportedMac) => boolean;

export function policyOf(rules: readonly PolicyRule[]): Policy {
  const matchers = rules.map((rule) => ({ accepts: rule.action === 'accept', matches: matcherOf(rule) }));
  return (row) => matchers.find(({ matches }) => matches(row))?.accepts ?? true;
}

/** Every condition of a rule has to hold; `ip` holds for a MAC that has an IP in that network. */
function matcherOf(rule: PolicyRule): (row: ExportedMac) => boolean {
  const prefix = rule.mac?.toLowerCase().replaceAll('-', ':');
  const network = rule.ip === undefined ? undefined : new Cidrs([rule.ip]);
  return ({ mac, kind, static: sticky = false, ips }) =>
    (prefix === undefined || mac.startsWith(prefix)) &&
    (rule.kind === undefined || kind === rule.kind) &&
    (rule.static === undefined || sticky === rule.static) &&
    (network === undefined || ips.some((ip) => network.contains(ip)));
}
