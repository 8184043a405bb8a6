import {
  headers as natsHeaders,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  type Subscription as NatsSubscription,
} from 'nats';
import {
  type Bus,
  BusError,
  type Headers,
  type Message,
  type Reply,
  type RequestOptions,
  type Subscription,
} from './bus.js';
import { busErrorOf } from './bus-error-of.js';
import { ConnectionState } from './connection-state.js';
import type { ReconnectPause } from './nats-settings.js';

/** The bus over core NATS. While there is no connection it drops what is published and refuses what is asked. */
export class NatsBus implements Bus {
  private readonly state: ConnectionState;

  constructor(
    private readonly connection: NatsConnection,
    waits: ReconnectPause,
    private readonly onError: (error: unknown) => void,
  ) {
    this.state = new ConnectionState(connection, waits, onError);
  }

  get connected(): boolean {
    return this.state.connected;
  }

  publish(subject: string, body: string, headers?: Headers): void {
    if (!this.connected) return;
    try {
      this.connection.publish(subject, body, withHeaders(headers));
    } catch (cause) {
      this.onError(busErrorOf(subject, cause));
    }
  }

  subscribe(
    subject: string,
    handle: (message: Message) => void,
    { queue }: { readonly queue?: string } = {},
  ): Subscription {
    return this.listen(subject, queue, (message) => handle(messageOf(message)));
  }

  serve(subject: string, queue: string, handle: (message: Message) => Promise<Reply>): Subscription {
    return this.listen(subject, queue, (message) => void this.answer(message, handle));
  }

  async request(subject: string, body: string, { timeoutMs, headers }: RequestOptions): Promise<Message> {
    if (!this.connected) throw new BusError('DISCONNECTED', subject);
    try {
      const answer = this.connection.request(subject, body, { timeout: timeoutMs, ...withHeaders(headers) });
      return messageOf(await this.state.whileConnected(answer));
    } catch (cause) {
      throw busErrorOf(subject, cause);
    }
  }

  onStatus(listener: (connected: boolean) => void): Subscription {
    return this.state.listen(listener);
  }

  async flush(): Promise<void> {
    if (!this.connected) throw new BusError('DISCONNECTED', '(flush)');
    try {
      await this.state.whileConnected(this.connection.flush());
    } catch (cause) {
      throw busErrorOf('(flush)', cause);
    }
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private listen(subject: string, queue: string | undefined, handle: (message: Msg) => void): Subscription {
    const subscription = this.connection.subscribe(subject, {
      ...(queue !== undefined && { queue }),
      callback: (error, message) => {
        if (!error) this.guarded(() => handle(message));
      },
    });
    return { stop: () => this.unsubscribe(subscription) };
  }

  /** A handler that throws must not take the connection down with it. */
  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.onError(error);
    }
  }

  private async answer(message: Msg, handle: (message: Message) => Promise<Reply>): Promise<void> {
    try {
      const { body, headers } = await handle(messageOf(message));
      if (this.connected) message.respond(body, withHeaders(headers));
    } catch (error) {
      this.onError(error);
    }
  }

  private unsubscribe(subscription: NatsSubscription): void {
    if (!subscription.isClosed()) subscription.unsubscribe();
  }
}

function messageOf(message: Msg): Message {
  return { subject: message.subject, body: message.string(), headers: plainHeaders(message.headers) };
}

function plainHeaders(headers: MsgHdrs | undefined): Headers {
  return headers ? Object.fromEntries(headers.keys().map((name) => [name, headers.get(name)])) : {};
}

function withHeaders(plain: Headers | undefined): { headers?: MsgHdrs } {
  if (!plain || Object.keys(plain).length === 0) return {};
  const headers = natsHeaders();
  for (const [name, value] of Object.entries(plain)) headers.set(name, value);
  return { headers };
}
