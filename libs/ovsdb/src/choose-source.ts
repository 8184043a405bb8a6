/** Chooses who dials, by the form of the endpoint. */

import type { ConnectionOptions, ConnectionSettings } from './connection-options.js';
import { formatEndpoint, isPassive } from './endpoint.js';
import { EndpointError } from './errors.js';
import { Reception } from './reception.js';
import type { SessionSource } from './session-source.js';
import { DialledSessions } from './session-source.js';

/** Throws EndpointError if the endpoint needs what the options do not have. */
export function sourceOf(options: ConnectionSettings & ConnectionOptions): SessionSource {
  const { endpoint, passive, connectTimeoutMs, probeIntervalMs, maxInFlight, maxQueued, tls } = options;
  const settings = { connectTimeoutMs, session: { probeIntervalMs, maxInFlight, maxQueued }, tls };
  if (!isPassive(endpoint)) return new DialledSessions(endpoint, settings);
  if (passive === undefined) throw new EndpointError(`${formatEndpoint(endpoint)} needs to know whom it waits for`);
  return new Reception(endpoint, settings, passive);
}
