import { connect, type NatsConnection } from 'nats';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from './bus.js';
import { busErrorOf } from './bus-error-of.js';
import type { BusOptions } from './bus-options.js';
import { NatsBus } from './nats-bus.js';
import { natsSettings, ReconnectPause } from './nats-settings.js';
import { PendingBus } from './pending-bus.js';

/** Connects to NATS and stays connected: the one place where the product meets the `nats` package. */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const waits = new ReconnectPause(options.reconnectMs ?? 250, options.mostReconnectMs ?? 5000);
  const settings = natsSettings(options, () => waits.ms());
  const connection = await firstConnection(() => connect(settings), waits, options);
  waits.succeeded();
  return new NatsBus(connection, waits, (error) => options.onError?.(error));
}

/** The same, but there at once: it goes on connecting in the background, and says to `onError` why it does not come about. */
export function openBus(options: BusOptions): Bus {
  return new PendingBus((signal) => connectBus({ ...options, signal }));
}

/** The library could wait for its first server too, but it would not say what it is waiting for. */
async function firstConnection(
  attempt: () => Promise<NatsConnection>,
  waits: ReconnectPause,
  { firstConnect = 'wait', signal, onError }: BusOptions,
): Promise<NatsConnection> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const failure = busErrorOf('(connect)', error);
      if (firstConnect === 'fail') throw failure;
      onError?.(failure);
    }
    waits.failed();
    await pause(waits.ms(), undefined, { ...(signal && { signal }) });
  }
}
