import { type Bus, BusError, type Message, type Reply, type RequestOptions, type Subscription } from '@l2gw/bus';
import type { Clock, Random } from '../src/index.js';

/** How badly messages are treated. */
export interface Weather {
  /** Probability that a copy of a message is lost. */
  readonly loss: number;
  /** Probability that a message arrives once more. */
  readonly double: number;
  /** Each copy takes up to so long, at random: what was sent later may arrive first. */
  readonly delayMs: number;
}

export const FAIR: Weather = { loss: 0, double: 0, delayMs: 2 };

interface Listener {
  readonly client: ModelClient;
  readonly pattern: string;
  readonly queue: string | undefined;
  readonly take: (message: Message, reply?: (answer: Reply) => void) => void;
}

/** A message bus in virtual time that does to messages everything a network may do to them. */
export class ModelBus {
  weather = FAIR;
  /** The subjects of all requests and publications, in order. */
  readonly sent: string[] = [];
  private readonly listeners = new Set<Listener>();

  constructor(
    readonly clock: Clock,
    readonly random: Random,
  ) {}

  client(): ModelClient {
    return new ModelClient(this);
  }

  add(listener: Listener): Subscription {
    this.listeners.add(listener);
    return { stop: () => void this.listeners.delete(listener) };
  }

  /** One copy for every plain listener, one for each queue group. False if nobody listens. */
  send(from: ModelClient, message: Message, reply?: (answer: Reply) => void): boolean {
    if (from.isCut) return true;
    this.sent.push(message.subject);
    const matching = [...this.listeners].filter(
      (listener) => !listener.client.isCut && matches(listener.pattern, message.subject),
    );
    const groups = new Map<unknown, Listener[]>();
    for (const listener of matching) {
      const group = listener.queue ?? listener;
      groups.set(group, [...(groups.get(group) ?? []), listener]);
    }
    for (const members of groups.values()) {
      const chosen = members[Math.floor(this.random() * members.length)];
      if (chosen) this.carry(() => this.deliver(chosen, message, reply));
    }
    return groups.size > 0;
  }

  carry(arrive: () => void): void {
    const { loss, double, delayMs } = this.weather;
    const copies = this.random() < double ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (this.random() >= loss) this.clock.setTimer(this.random() * delayMs, arrive);
    }
  }

  private deliver(to: Listener, message: Message, reply: ((answer: Reply) => void) | undefined): void {
    if (to.client.isCut || !this.listeners.has(to)) return;
    to.take(message, reply && ((answer) => !to.client.isCut && this.carry(() => reply(answer))));
  }
}

/** One program's connection to the model. */
export class ModelClient implements Bus {
  isCut = false;
  private readonly watchers = new Set<(connected: boolean) => void>();

  constructor(private readonly net: ModelBus) {}

  get connected(): boolean {
    return !this.isCut;
  }

  /** `unnoticed`: the connection looks healthy, but nothing comes through, as behind a broken route. */
  cut(how: 'noticed' | 'unnoticed'): void {
    this.isCut = true;
    if (how === 'noticed') this.tell(false);
  }

  mend(how: 'noticed' | 'unnoticed'): void {
    this.isCut = false;
    if (how === 'noticed') this.tell(true);
  }

  publish(subject: string, body: string): void {
    this.net.send(this, { subject, body, headers: {} });
  }

  subscribe(subject: string, handle: (message: Message) => void, options?: { readonly queue?: string }): Subscription {
    return this.net.add({ client: this, pattern: subject, queue: options?.queue, take: handle });
  }

  serve(subject: string, queue: string, handle: (message: Message) => Promise<Reply>): Subscription {
    const take: Listener['take'] = (message, reply) => void handle(message).then((answer) => reply?.(answer));
    return this.net.add({ client: this, pattern: subject, queue, take });
  }

  request(subject: string, body: string, { timeoutMs }: RequestOptions): Promise<Message> {
    return new Promise((resolve, reject) => {
      const fail = (code: 'TIMED_OUT' | 'NO_RESPONDER') => reject(new BusError(code, subject));
      this.net.clock.setTimer(timeoutMs, () => fail('TIMED_OUT'));
      const answered = ({ body: text }: Reply) => !this.isCut && resolve({ subject, body: text, headers: {} });
      const heard = this.net.send(this, { subject, body, headers: {} }, answered);
      if (!heard) this.net.clock.setTimer(1, () => fail('NO_RESPONDER'));
    });
  }

  onStatus(listener: (connected: boolean) => void): Subscription {
    this.watchers.add(listener);
    return { stop: () => void this.watchers.delete(listener) };
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {
    this.isCut = true;
  }

  private tell(connected: boolean): void {
    for (const watcher of this.watchers) watcher(connected);
  }
}

function matches(pattern: string, subject: string): boolean {
  const [wanted, tokens] = [pattern.split('.'), subject.split('.')];
  if (wanted.at(-1) === '>') return tokens.length >= wanted.length && wanted.slice(0, -1).every(isToken(tokens));
  return wanted.length === tokens.length && wanted.every(isToken(tokens));
}

function isToken(tokens: readonly string[]): (token: string, at: number) => boolean {
  return (token, at) => token === '*' || token === tokens[at];
}
