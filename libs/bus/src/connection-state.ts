import { DebugEvents, Events, type NatsConnection, type Status } from 'nats';
import { BusError, type Subscription } from './bus.js';
import { busErrorCode } from './bus-error-of.js';
import type { ReconnectPause } from './nats-settings.js';

/** Follows what the library says about its connection: up, down, what the server refuses. */
export class ConnectionState {
  connected = true;
  private readonly listeners = new Set<(connected: boolean) => void>();
  private readonly waiting = new Set<(error: BusError) => void>();

  constructor(
    connection: NatsConnection,
    private readonly waits: ReconnectPause,
    private readonly onError: (error: unknown) => void,
  ) {
    this.follow(connection).catch(onError);
    connection.closed().then((error) => this.closed(error), onError);
  }

  listen(listener: (connected: boolean) => void): Subscription {
    this.listeners.add(listener);
    return { stop: () => void this.listeners.delete(listener) };
  }

  /** Rejects as soon as the connection is lost: what was asked over it will not be answered any more. */
  async whileConnected<Result>(work: Promise<Result>): Promise<Result> {
    let lose: (error: BusError) => void = () => {};
    const lost = new Promise<never>((_, reject) => (lose = reject));
    this.waiting.add(lose);
    try {
      return await Promise.race([work, lost]);
    } finally {
      this.waiting.delete(lose);
    }
  }

  private async follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) this.heard(status);
  }

  private heard(status: Status): void {
    switch (status.type) {
      case Events.Disconnect:
        return this.set(false);
      case Events.Reconnect:
        this.waits.succeeded();
        return this.set(true);
      case Events.Error:
        return this.onError(refusal(status));
      case DebugEvents.Reconnecting:
        return this.waits.failed();
      default:
        return;
    }
  }

  private closed(error: void | Error): void {
    this.set(false);
    if (error) this.onError(new BusError('DISCONNECTED', '(closed)', { cause: error }));
  }

  private set(connected: boolean): void {
    if (connected === this.connected) return;
    this.connected = connected;
    if (!connected) for (const lose of [...this.waiting]) lose(new BusError('DISCONNECTED', '(connection lost)'));
    for (const listener of [...this.listeners]) listener(connected);
  }
}

/** The server said no: to one subject, or to who we are. */
function refusal({ data, permissionContext }: Status): BusError {
  const subject = permissionContext ? `${permissionContext.operation} to ${permissionContext.subject}` : '(server)';
  return new BusError(busErrorCode(data), subject, { cause: data });
}
