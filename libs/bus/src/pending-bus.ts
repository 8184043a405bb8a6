import {
  type Bus,
  BusError,
  type Headers,
  type Message,
  type Reply,
  type RequestOptions,
  type Subscription,
} from './bus.js';

/** What is to be done with the bus as soon as there is one. */
interface Wanted {
  readonly begin: (bus: Bus) => Subscription;
  /** Called after everything has begun. */
  readonly greet?: () => void;
  begun?: Subscription;
}

/**
 * A bus that is there at once and connects when it can. Until then it does what every bus does without a connection: it drops what is
 * published, refuses what is asked, and remembers who wants to hear what.
 */
export class PendingBus implements Bus {
  private bus: Bus | undefined;
  private readonly closing = new AbortController();
  private readonly wanted = new Set<Wanted>();

  /** `connect` tries until it succeeds or its signal is aborted. */
  constructor(connect: (signal: AbortSignal) => Promise<Bus>) {
    connect(this.closing.signal).then(
      (bus) => (this.closing.signal.aborted ? bus.close() : this.opened(bus)),
      () => undefined, // it was given up because the bus is closed
    );
  }

  get connected(): boolean {
    return this.bus?.connected === true;
  }

  publish(subject: string, body: string, headers?: Headers): void {
    this.bus?.publish(subject, body, headers);
  }

  subscribe(subject: string, handle: (message: Message) => void, options?: { readonly queue?: string }): Subscription {
    return this.want((bus) => bus.subscribe(subject, handle, options));
  }

  serve(subject: string, queue: string, handle: (message: Message) => Promise<Reply>): Subscription {
    return this.want((bus) => bus.serve(subject, queue, handle));
  }

  onStatus(listener: (connected: boolean) => void): Subscription {
    return this.want(
      (bus) => bus.onStatus(listener),
      () => listener(this.connected),
    );
  }

  async request(subject: string, body: string, options: RequestOptions): Promise<Message> {
    if (this.bus === undefined) throw new BusError('DISCONNECTED', subject);
    return this.bus.request(subject, body, options);
  }

  async flush(): Promise<void> {
    if (this.bus === undefined) throw new BusError('DISCONNECTED', '(flush)');
    await this.bus.flush();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.bus?.close();
  }

  private opened(bus: Bus): void {
    this.bus = bus;
    for (const each of this.wanted) each.begun = each.begin(bus);
    if (bus.connected) for (const each of [...this.wanted]) each.greet?.();
  }

  private want(begin: Wanted['begin'], greet?: () => void): Subscription {
    const wanted: Wanted = { begin, ...(greet && { greet }) };
    this.wanted.add(wanted);
    if (this.bus !== undefined) wanted.begun = begin(this.bus);
    return {
      stop: () => {
        this.wanted.delete(wanted);
        wanted.begun?.stop();
      },
    };
  }
}
