/**
 * What the product needs of a message bus: core publish/subscribe, queue groups, request/reply and headers.
 * Everything above it must live with lost, doubled and reordered messages; the bus promises nothing.
 * A class, so that it is also the token under which a program injects it.
 */
export abstract class Bus {
  /** Never blocks and never throws for a lost connection: a message that cannot be sent is lost. */
  abstract publish(subject: string, body: string, headers?: Headers): void;
  /** `handle` is called once per message, in order of arrival; NATS wildcards (`*`, `>`) work. */
  abstract subscribe(
    subject: string,
    handle: (message: Message) => void,
    options?: { readonly queue?: string },
  ): Subscription;
  /** Rejects with a `BusError`. */
  abstract request(subject: string, body: string, options: RequestOptions): Promise<Message>;
  /** Answers requests as one of the queue group's members; a rejected handler answers nothing and is logged. */
  abstract serve(subject: string, queue: string, handle: (message: Message) => Promise<Reply>): Subscription;
  abstract readonly connected: boolean;
  /** Called on each change of `connected`. Subscriptions are restored before it is called with `true`. */
  abstract onStatus(listener: (connected: boolean) => void): Subscription;
  /** Resolves when the server has taken everything published before. */
  abstract flush(): Promise<void>;
  abstract close(): Promise<void>;
}

export type Headers = Readonly<Record<string, string>>;

export interface Message {
  readonly subject: string;
  readonly body: string;
  readonly headers: Headers;
}

export interface Reply {
  readonly body: string;
  readonly headers?: Headers;
}

export interface RequestOptions {
  readonly timeoutMs: number;
  readonly headers?: Headers;
}

export interface Subscription {
  stop(): void;
}

/** `code`: NO_RESPONDER nobody serves the subject; TIMED_OUT nobody answered in time; DISCONNECTED; REFUSED by the server's permissions; TOO_LARGE for one message. */
export class BusError extends Error {
  override readonly name = 'BusError';
  constructor(
    readonly code: 'NO_RESPONDER' | 'TIMED_OUT' | 'DISCONNECTED' | 'REFUSED' | 'TOO_LARGE',
    readonly subject: string,
    options?: ErrorOptions,
  ) {
    super(`${code} on ${subject}`, options);
  }
}
