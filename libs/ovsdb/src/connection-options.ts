/** What a kept connection can be told, and what it does untold. */

import type { BackoffPolicy } from './backoff.js';
import { DEFAULT_BACKOFF } from './backoff.js';
import type { Endpoint } from './endpoint.js';
import type { MonitorMethod } from './monitor.js';
import { MONITOR_METHODS } from './monitor.js';
import type { PassiveSettings } from './reception.js';
import type { Selection } from './selection.js';
import { DEFAULT_BOUNDS, DEFAULT_PROBE_INTERVAL_MS } from './session.js';
import type { TlsSettings } from './tls-settings.js';

export interface ConnectionOptions extends Partial<ConnectionSettings> {
  readonly endpoint: Endpoint;
  /** For example `hardware_vtep`. */
  readonly dbName: string;
  /** What the replica follows; cut to what the server has. */
  readonly selection: Selection;
  /** An RFC 7047 `<id>`: no hyphen. Asked for in every session. */
  readonly lock?: string;
  /** For `ssl:` and `pssl:`, which need it. */
  readonly tls?: TlsSettings | undefined;
  /** For `ptcp:` and `pssl:`, which need it. */
  readonly passive?: PassiveSettings;
}

/** All times in milliseconds. */
export interface ConnectionSettings {
  /** Tried in this order. */
  readonly monitorMethods: readonly MonitorMethod[];
  readonly connectTimeoutMs: number;
  /** For each of the first requests; the largest of them brings the full dump. */
  readonly handshakeTimeoutMs: number;
  /** For a transaction whose caller names no time. */
  readonly transactTimeoutMs: number;
  /** Silence after which an echo is asked for; after a second one the session ends. 0: never. */
  readonly probeIntervalMs: number;
  /** After which an idle monitor is asked to show that it still delivers. 0: never, and own writes are not looked for either. */
  readonly canaryIntervalMs: number;
  /** How long the update of a transaction of ours may come after its reply. */
  readonly ownWriteGraceMs: number;
  /** Unanswered requests at a time. */
  readonly maxInFlight: number;
  /** Requests waiting behind them. */
  readonly maxQueued: number;
  readonly backoff: BackoffPolicy;
  /** In [0, 1), for the jitter of the back-off. */
  readonly random: () => number;
  /** A steady clock. */
  readonly now: () => number;
}

export const DEFAULT_SETTINGS: ConnectionSettings = {
  monitorMethods: MONITOR_METHODS,
  connectTimeoutMs: 5_000,
  handshakeTimeoutMs: 60_000,
  transactTimeoutMs: 60_000,
  probeIntervalMs: DEFAULT_PROBE_INTERVAL_MS,
  canaryIntervalMs: 30_000,
  ownWriteGraceMs: 5_000,
  maxInFlight: DEFAULT_BOUNDS.maxInFlight,
  maxQueued: DEFAULT_BOUNDS.maxQueued,
  backoff: DEFAULT_BACKOFF,
  random: Math.random,
  now: () => performance.now(),
};
