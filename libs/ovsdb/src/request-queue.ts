/** Requests on their way: numbered, a bounded number unanswered at a time, a bounded number waiting behind them. */

import type { OvsdbError } from './errors.js';
import { Disconnected, QueueFull, RequestAborted, RequestTimeout, RpcError } from './errors.js';
import type { Json } from './json.js';
import { writeNotification, writeRequest } from './rpc-message.js';

export interface RequestLimits {
  readonly signal?: AbortSignal | undefined;
  /** From the call to the reply. */
  readonly timeoutMs?: number | undefined;
}

export interface QueueBounds {
  readonly maxInFlight: number;
  readonly maxQueued: number;
}

/** Where messages go. Not `ready` while the socket has more to send than it wants to hold. */
export interface Wire {
  readonly ready: () => boolean;
  readonly write: (message: string) => void;
}

interface Pending {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
  readonly resolve: (result: Json) => void;
  readonly reject: (error: Error) => void;
}

export class RequestQueue {
  private readonly waiting = new Map<number, Pending>();
  private readonly inFlight = new Map<number, Pending>();
  private lastId = 0;
  private ended: OvsdbError | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly bounds: QueueBounds,
  ) {}

  /**
   * Resolves with the result. Rejects with RpcError, RequestTimeout, RequestAborted, QueueFull or Disconnected.
   * A transaction that is given up after it was sent is cancelled (RFC 7047 §4.1.4); its outcome stays unknown.
   */
  add(method: string, params: readonly unknown[], limits: RequestLimits): Promise<Json> {
    const { signal, timeoutMs } = limits;
    return new Promise((resolve, reject) => {
      if (this.ended !== undefined) return reject(new Disconnected('not-sent', this.ended));
      if (signal?.aborted) return reject(new RequestAborted('not-sent', signal.reason));
      if (this.waiting.size >= this.bounds.maxQueued) return reject(this.full());
      const id = ++this.lastId;
      const onAbort = () => this.giveUp(id, (outcome) => new RequestAborted(outcome, signal?.reason));
      const onTime = () => this.giveUp(id, (outcome) => new RequestTimeout(outcome, method, timeoutMs ?? 0));
      const timer = timeoutMs === undefined ? undefined : setTimeout(onTime, timeoutMs);
      const settled =
        <Result>(settle: (result: Result) => void) =>
        (result: Result) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          settle(result);
        };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.set(id, { id, method, params, resolve: settled(resolve), reject: settled(reject) });
      this.pump();
    });
  }

  /** A reply that nobody waits for any more is ignored. */
  reply(id: Json, result: Json, error: Json): void {
    const pending = typeof id === 'number' ? this.inFlight.get(id) : undefined;
    if (pending === undefined) return;
    this.inFlight.delete(pending.id);
    if (error === null) pending.resolve(result);
    else pending.reject(new RpcError(pending.method, error));
    this.pump();
  }

  /** Sends what may be sent. */
  pump(): void {
    for (const pending of this.waiting.values()) {
      if (this.ended !== undefined || this.inFlight.size >= this.bounds.maxInFlight || !this.wire.ready()) return;
      this.waiting.delete(pending.id);
      this.inFlight.set(pending.id, pending);
      this.wire.write(writeRequest(pending.id, pending.method, pending.params));
    }
  }

  end(reason: OvsdbError): void {
    this.ended = reason;
    for (const pending of this.inFlight.values()) pending.reject(new Disconnected('unknown', reason));
    for (const pending of this.waiting.values()) pending.reject(new Disconnected('not-sent', reason));
    this.inFlight.clear();
    this.waiting.clear();
  }

  private giveUp(id: number, error: (outcome: 'not-sent' | 'unknown') => Error): void {
    const unsent = this.waiting.get(id);
    const sent = this.inFlight.get(id);
    this.waiting.delete(id);
    this.inFlight.delete(id);
    unsent?.reject(error('not-sent'));
    sent?.reject(error('unknown'));
    if (sent?.method === 'transact') this.wire.write(writeNotification('cancel', [id]));
    queueMicrotask(() => this.pump()); // one signal may end several requests: none of them is sent in between
  }

  private full(): QueueFull {
    return new QueueFull(`${this.bounds.maxQueued} requests are waiting already`);
  }
}
