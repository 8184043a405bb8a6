import type { SwitchSettings } from './switch-settings.js';

/** What of a switch's report its status hangs on. */
export interface Reported {
  readonly state?: string;
  readonly reason?: string;
  readonly tunnelIps?: readonly string[];
}

export interface SwitchStatus {
  readonly status: 'UNKNOWN' | 'CONNECTED' | 'DISCONNECTED' | 'MISSING' | 'SILENT' | 'READ_ONLY';
  readonly status_reason: string;
}

/** `silent`: its agent gives no sign of life; `readOnly`: why its database lets nobody write. */
export interface Heard {
  readonly silent: boolean;
  readonly readOnly: string | undefined;
}

/** Whether a switch can be relied on, as operators see it. */
export function switchStatusOf(
  report: Reported | undefined,
  { silent, readOnly }: Heard,
  settings: Pick<SwitchSettings, 'tunnel_ip'> = {},
): SwitchStatus {
  if (readOnly !== undefined) return { status: 'READ_ONLY', status_reason: readOnly };
  if (report?.state === undefined) return { status: 'UNKNOWN', status_reason: 'its agent has not reported yet' };
  if (report.state !== 'connected') {
    return { status: report.state === 'missing' ? 'MISSING' : 'DISCONNECTED', status_reason: report.reason ?? '' };
  }
  if (silent) return { status: 'SILENT', status_reason: 'its agent gives no sign of life' };
  return { status: 'CONNECTED', status_reason: tunnelIpWarning(report.tunnelIps ?? [], settings.tunnel_ip) ?? '' };
}

/** Why it is not certain that others reach the switch where it expects them to. */
export function tunnelIpWarning(tunnelIps: readonly string[], chosen: string | undefined): string | undefined {
  if (chosen !== undefined)
    return tunnelIps.includes(chosen) ? undefined : `it has no tunnel IP ${chosen}: correct its tunnel_ip`;
  return tunnelIps.length > 1
    ? `it has several tunnel IPs (${tunnelIps.join(', ')}): choose one by tunnel_ip`
    : undefined;
}
