import { UNSTORABLE, isUuid } from '../http/attributes.js';
import { spelled } from '../http/neutron-error.js';
import type { DhcpOption, PortExtras } from './port.entity.js';

/** What a body says of a port for others to act on: firewalls of hosts, DHCP servers. Nothing here depends on it. */
export interface ExtrasBody {
  readonly security_groups?: readonly string[] | null;
  readonly port_security_enabled?: boolean;
  readonly extra_dhcp_opts?: readonly WantedOption[] | null;
}

export interface WantedOption {
  readonly opt_name: string;
  /** Null takes the option away. */
  readonly opt_value: string | null;
  readonly ip_version?: number | string;
}

/** The extras after the body was taken in; what it does not name stays, and DHCP options are changed one by one, as in Neutron. */
export function extrasAfter(before: PortExtras, body: ExtrasBody): PortExtras {
  const { security_groups: groups, port_security_enabled: secured, extra_dhcp_opts: options } = body;
  return {
    ...before,
    ...(groups === undefined ? {} : { security_groups: groups ?? [] }),
    ...(secured === undefined ? {} : { port_security_enabled: secured }),
    ...(options === undefined ? {} : { extra_dhcp_opts: optionsAfter(before.extra_dhcp_opts ?? [], options ?? []) }),
  };
}

function optionsAfter(before: readonly DhcpOption[], changes: readonly WantedOption[]): readonly DhcpOption[] {
  const options = new Map(before.map((option) => [keyOf(option), option]));
  for (const { opt_name, opt_value, ip_version } of changes) {
    const key = keyOf({ opt_name, ip_version: Number(ip_version ?? 4) });
    if (opt_value === null) options.delete(key);
    else options.set(key, { opt_name, opt_value, ip_version: Number(ip_version ?? 4) });
  }
  return [...options.values()];
}

function keyOf({ opt_name, ip_version }: Pick<DhcpOption, 'opt_name' | 'ip_version'>): string {
  return `${ip_version} ${opt_name}`;
}

export function groupProblem(item: unknown): string | undefined {
  return isUuid(item) ? undefined : `'${spelled(item)}' is not a valid UUID.`;
}

export function optionProblem(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('opt_name' in item) || !('opt_value' in item)) {
    return `'${spelled(item)}' is not a DHCP option with opt_name and opt_value.`;
  }
  if (!isShortText(item.opt_name) || item.opt_name === '')
    return `'${spelled(item.opt_name)}' is not a valid opt_name.`;
  if (item.opt_value !== null && !isShortText(item.opt_value)) {
    return `'${spelled(item.opt_value)}' is not a valid opt_value.`;
  }
  if ('ip_version' in item && !/^[46]$/.test(String(item.ip_version))) {
    return `'${spelled(item.ip_version)}' is not an IP version.`;
  }
  return undefined;
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 255 && !UNSTORABLE.test(value);
}
