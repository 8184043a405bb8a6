import { isIP } from 'node:net';
import { EXPORT_KINDS, type PeerLimits, type PolicyRule } from '@l2gw/contracts';
import { parseIp } from '@l2gw/l2';
import { attribute } from '../http/attribute-rules.js';
import { spelled } from '../http/neutron-error.js';
import { CLOUD_ID } from './cloud-id.js';

export type { PeerLimits } from '@l2gw/contracts';

/** What is told to a peer and what is taken from it; what no rule matches is accepted. */
export interface PeerPolicy {
  readonly export: readonly PolicyRule[];
  readonly import: readonly PolicyRule[];
  /** MACs of virtual routers are told, too. */
  readonly export_virtual_macs: boolean;
  /** IPs must belong to a subnet of the network. */
  readonly check_subnets: boolean;
}

export const DEFAULT_POLICY: PeerPolicy = { export: [], import: [], export_virtual_macs: false, check_subnets: true };
export const DEFAULT_LIMITS: PeerLimits = { macs: 10_000, ips: 64, total: 100_000 };
export const DEFAULT_STALE_SECONDS = 86_400;

/** What becomes of a peer's MACs on a switch whose tunnel there is down. */
export type TunnelPolicy = (typeof TUNNEL_POLICIES)[number];
export const TUNNEL_POLICIES = ['keep', 'flush'] as const;

export const MOST_SERVERS = 16;
export const MOST_KEYS = 4;
export const MOST_RULES = 1000;
export const HIGHEST_LIMIT = 1_000_000;
export const LONGEST_STALE_SECONDS = 31_536_000;

export const IsCloudId = (): PropertyDecorator =>
  setting('isCloudId', (value) =>
    typeof value === 'string' && CLOUD_ID.test(value)
      ? undefined
      : `'${spelled(value)}' is not a cloud id: 1 to 31 lower-case letters, digits and hyphens.`,
  );

export const IsServers = (): PropertyDecorator =>
  setting('isServers', (value) => setProblem(value, 0, MOST_SERVERS, serverProblem));

/** What an address holds besides the server may be a password, and so is not repeated. */
function serverProblem(value: unknown): string | undefined {
  if (typeof value === 'string' && value.includes('@'))
    return 'an address must not carry a password: name a secret in credentials.';
  const isGood = typeof value === 'string' && /^(nats|tls):\/\/[^\s/?#,]{1,255}$/.test(value);
  return isGood ? undefined : `'${spelled(value)}' is not an address such as tls://nats.example.org:4222.`;
}

/** Words that secrets of NATS begin with, and what files are named by. What is refused is not repeated: it may be a secret. */
const SECRET = /^(eyJ|S[UANCO][A-Z2-7]{20}|-----)/;

export const IsCredentials = (): PropertyDecorator =>
  setting('isCredentials', (value) => {
    if (value === null) return undefined;
    const isName = typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value) && !SECRET.test(value);
    return isName ? undefined : 'it is the name of a secret that remote-sync finds, neither the secret nor a path.';
  });

export const IsKeys = (): PropertyDecorator =>
  setting('isKeys', (value) => setProblem(value, 1, MOST_KEYS, keyProblem));

function keyProblem(value: unknown): string | undefined {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
  const isKey = bytes?.length === 32 && bytes.toString('base64') === value;
  return isKey ? undefined : 'a key is the base64 of the 32 bytes of an Ed25519 public key (RFC 8032).';
}

export const IsTunnelPolicy = (): PropertyDecorator =>
  setting('isTunnelPolicy', (value) =>
    TUNNEL_POLICIES.some((each) => each === value)
      ? undefined
      : `'${spelled(value)}' is not in ${JSON.stringify(TUNNEL_POLICIES)}.`,
  );

export const IsLimits = (): PropertyDecorator =>
  setting('isLimits', (value) => {
    const names = Object.keys(DEFAULT_LIMITS);
    const problem = foreignIn(value, names);
    if (problem !== undefined) return problem;
    const wrong: unknown = Object.values(value as object).find(
      (each) => !Number.isInteger(each) || Number(each) < 0 || Number(each) > HIGHEST_LIMIT,
    );
    return wrong === undefined ? undefined : `'${spelled(wrong)}' is not an integer from 0 to ${HIGHEST_LIMIT}.`;
  });

export const IsPolicy = (): PropertyDecorator =>
  setting('isPolicy', (value) => {
    const problem = foreignIn(value, Object.keys(DEFAULT_POLICY));
    if (problem !== undefined) return problem;
    return Object.entries(value as object)
      .map(([name, each]: [string, unknown]) =>
        name === 'export' || name === 'import' ? listProblem(each, 0, MOST_RULES, ruleProblem) : flagProblem(each),
      )
      .find((each) => each !== undefined);
  });

function ruleProblem(value: unknown): string | undefined {
  const problem = foreignIn(value, Object.keys(RULE));
  if (problem !== undefined) return problem;
  if (!Object.hasOwn(value as object, 'action')) return "a rule needs an 'action', accept or reject.";
  return Object.entries(value as object)
    .filter(([name, each]) => RULE[name]?.(each) !== true)
    .map(([name, each]: [string, unknown]) => `'${spelled(each)}' is no ${name} of a rule.`)[0];
}

const RULE: Readonly<Record<string, (value: unknown) => boolean>> = {
  action: (value) => value === 'accept' || value === 'reject',
  mac: (value) => typeof value === 'string' && /^[0-9a-f]{2}([:-][0-9a-f]{2}){0,5}$/i.test(value),
  ip: isPrefix,
  kind: (value) => EXPORT_KINDS.some((each) => each === value),
  static: (value) => typeof value === 'boolean',
};

function isPrefix(value: unknown): boolean {
  const [address = '', length, ...more] = typeof value === 'string' ? value.split('/') : [];
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && more.length === 0 && /^\d{1,3}$/.test(length ?? '') && Number(length) <= bits;
}

/** Rules in canonical form, as MACs and IPs are compared. */
export function canonicalPolicy(policy: PeerPolicy): PeerPolicy {
  return { ...policy, export: policy.export.map(canonicalRule), import: policy.import.map(canonicalRule) };
}

function canonicalRule(rule: PolicyRule): PolicyRule {
  return {
    ...rule,
    ...(rule.mac === undefined ? {} : { mac: rule.mac.toLowerCase().replaceAll('-', ':') }),
    ...(rule.ip === undefined ? {} : { ip: canonicalPrefix(rule.ip) }),
  };
}

function canonicalPrefix(text: string): string {
  const [address = '', length = ''] = text.split('/');
  return `${parseIp(address)}/${Number(length)}`;
}

function flagProblem(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : `'${spelled(value)}' is neither true nor false.`;
}

function foreignIn(value: unknown, names: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `'${spelled(value)}' is not a dictionary.`;
  const foreign = Object.keys(value).find((name) => !names.includes(name));
  return foreign === undefined ? undefined : `'${foreign}' is not in ${JSON.stringify(names)}.`;
}

function listProblem(
  value: unknown,
  least: number,
  most: number,
  problemOf: (item: unknown) => string | undefined,
): string | undefined {
  if (!Array.isArray(value)) return 'it is not a list.';
  if (value.length < least || value.length > most)
    return `it has ${value.length} items instead of ${least} to ${most}.`;
  return value.map(problemOf).find((problem) => problem !== undefined);
}

/** The same of texts, none of which is there twice. */
function setProblem(
  value: unknown,
  least: number,
  most: number,
  problemOf: (item: unknown) => string | undefined,
): string | undefined {
  const problem = listProblem(value, least, most, problemOf);
  if (problem !== undefined) return problem;
  return new Set(value as unknown[]).size < (value as unknown[]).length ? 'an item is named twice.' : undefined;
}

function setting(name: string, problemOf: (value: unknown) => string | undefined): PropertyDecorator {
  return attribute(
    name,
    (value) => problemOf(value) === undefined,
    (value) => problemOf(value) ?? '',
  );
}
