/** What of a switch's report its status hangs on. */
export interface Reported {
  readonly state?: string;
  readonly reason?: string;
}

export interface SwitchStatus {
  readonly status: 'UNKNOWN' | 'CONNECTED' | 'DISCONNECTED' | 'MISSING' | 'SILENT';
  readonly status_reason: string;
}

/** Whether a switch can be relied on, as operators see it; `silent`: its agent gives no sign of life. */
export function switchStatusOf(report: Reported | undefined, silent: boolean): SwitchStatus {
  if (report?.state === undefined) return { status: 'UNKNOWN', status_reason: 'its agent has not reported yet' };
  if (report.state !== 'connected') {
    return { status: report.state === 'missing' ? 'MISSING' : 'DISCONNECTED', status_reason: report.reason ?? '' };
  }
  if (silent) return { status: 'SILENT', status_reason: 'its agent gives no sign of life' };
  return { status: 'CONNECTED', status_reason: '' };
}
