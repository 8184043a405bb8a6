import { attribute } from '../http/attribute-rules.js';
import { isVtepIp } from '../http/attributes.js';
import { spelled } from '../http/neutron-error.js';

/** What operators want of a switch as a whole; what is absent is as the switch or the installation has it. */
export interface SwitchSettings {
  readonly replication_mode?: 'source_node' | 'service_node';
  /** VTEP IPs of replicators. */
  readonly service_nodes?: readonly string[];
  readonly max_flood_locators?: number;
  /** The one of its tunnel IPs by which others reach it. */
  readonly tunnel_ip?: string;
  readonly bfd?: BfdSetting;
  /** What its model has room for. */
  readonly max_macs?: number;
  readonly max_networks?: number;
  /** What is to be done about changes by others: `repair` if absent. */
  readonly drift_policy?: 'repair' | 'report';
}

/** Intervals in milliseconds (vtep(5), `bfd_params`). */
export interface BfdSetting {
  readonly enable: boolean;
  readonly min_rx?: number;
  readonly min_tx?: number;
}

/** As they are asked for: null takes a setting back. */
export type WantedSettings = { readonly [Name in keyof SwitchSettings]?: SwitchSettings[Name] | null | undefined };

export const DRIFT_POLICIES = ['repair', 'report'];
export const REPLICATION_MODES = ['source_node', 'service_node'];
export const MOST_LOCATORS = 65_535;
export const MOST_MS = 3_600_000;
export const MOST_ROOM = 16_777_215;

export const IsReplicationMode = (): PropertyDecorator => oneOfSetting('isReplicationMode', REPLICATION_MODES);
export const IsDriftPolicy = (): PropertyDecorator => oneOfSetting('isDriftPolicy', DRIFT_POLICIES);

function oneOfSetting(name: string, choices: readonly string[]): PropertyDecorator {
  return setting(name, (value) =>
    choices.some((each) => each === value) ? undefined : `'${spelled(value)}' is not in ${JSON.stringify(choices)}.`,
  );
}

export const IsServiceNodes = (): PropertyDecorator =>
  setting('isServiceNodes', (value) => {
    if (!Array.isArray(value)) return `'${spelled(value)}' is not a list.`;
    const wrong: unknown = value.find((each) => !isVtepIp(each));
    if (wrong !== undefined) return `'${spelled(wrong)}' is not an IPv4 address.`;
    return new Set(value).size < value.length ? 'A service node is named twice.' : undefined;
  });

export const IsMostLocators = (): PropertyDecorator =>
  setting('isMostLocators', (value) => notInteger(value, MOST_LOCATORS));

export const IsRoom = (): PropertyDecorator => setting('isRoom', (value) => notInteger(value, MOST_ROOM));

export const IsTunnelIp = (): PropertyDecorator =>
  setting('isTunnelIp', (value) => (isVtepIp(value) ? undefined : `'${spelled(value)}' is not an IPv4 address.`));

export const IsBfd = (): PropertyDecorator => setting('isBfd', bfdProblem);

function bfdProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `'${spelled(value)}' is not a dictionary.`;
  const foreign = Object.keys(value).find((name) => !['enable', 'min_rx', 'min_tx'].includes(name));
  if (foreign !== undefined) return `'${foreign}' is not in ["enable","min_rx","min_tx"].`;
  if (!('enable' in value) || typeof value.enable !== 'boolean') return `'enable' must be true or false.`;
  const intervals = Object.entries(value).filter(([name]) => name !== 'enable');
  return intervals.map(([, ms]) => notInteger(ms, MOST_MS)).find((problem) => problem !== undefined);
}

function notInteger(value: unknown, most: number): string | undefined {
  const isGood = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
  return isGood ? undefined : `'${spelled(value)}' is not an integer from 1 to ${most}.`;
}

function setting(name: string, problemOf: (value: unknown) => string | undefined): PropertyDecorator {
  return attribute(
    name,
    (value) => value === null || problemOf(value) === undefined,
    (value) => problemOf(value) ?? '',
  );
}
