import {
  type Bus,
  BusError,
  type Headers,
  type Message,
  type Reply,
  type RequestOptions,
  type Subscription,
} from '@l2gw/bus';

/** Codes of failures after which another way may still lead there, and which come at once. */
const ELSEWHERE: readonly BusError['code'][] = ['NO_RESPONDER', 'DISCONNECTED', 'REFUSED'];

/**
 * Several ways to the same peer as one: our own bus, on which it may have dialled in, and the one on which we have. What is said goes all
 * ways, so that one of them suffices; what comes twice is told apart above.
 */
export class JoinedBus implements Bus {
  /** The way on which the last question was answered. */
  private preferred = 0;

  constructor(private readonly ways: readonly Bus[]) {}

  get connected(): boolean {
    return this.ways.some((way) => way.connected);
  }

  publish(subject: string, body: string, headers?: Headers): void {
    for (const way of this.ways) way.publish(subject, body, headers);
  }

  subscribe(subject: string, handle: (message: Message) => void, options?: { readonly queue?: string }): Subscription {
    return all(this.ways.map((way) => way.subscribe(subject, handle, options)));
  }

  serve(subject: string, queue: string, handle: (message: Message) => Promise<Reply>): Subscription {
    return all(this.ways.map((way) => way.serve(subject, queue, handle)));
  }

  /** Rejects as the last of the ways did. */
  async request(subject: string, body: string, options: RequestOptions): Promise<Message> {
    let failure: unknown = new BusError('DISCONNECTED', subject);
    const first = this.preferred;
    for (let step = 0; step < this.ways.length; step += 1) {
      const at = (first + step) % this.ways.length;
      try {
        const answer = await this.ways[at]?.request(subject, body, options);
        this.preferred = at;
        if (answer !== undefined) return answer;
      } catch (error) {
        failure = error;
        if (!isElsewhere(error)) this.preferred = (at + 1) % this.ways.length;
        if (!isElsewhere(error)) break;
      }
    }
    throw failure;
  }

  /** Called whenever one of the ways comes or goes. */
  onStatus(listener: (connected: boolean) => void): Subscription {
    return all(this.ways.map((way) => way.onStatus(() => listener(this.connected))));
  }

  async flush(): Promise<void> {
    await Promise.allSettled(this.ways.filter((way) => way.connected).map((way) => way.flush()));
  }

  /** Whoever opened the ways closes them. */
  async close(): Promise<void> {}
}

function all(subscriptions: readonly Subscription[]): Subscription {
  return { stop: () => subscriptions.forEach((subscription) => subscription.stop()) };
}

function isElsewhere(error: unknown): boolean {
  return error instanceof BusError && ELSEWHERE.includes(error.code);
}
