/** JSON-RPC with one server over one byte stream (RFC 7047 §4), from the first byte to the last. */

import type { Duplex } from 'node:stream';
import type { Unsubscribe } from './emitter.js';
import { OvsdbError, PeerClosed, ProbeTimeout, ProtocolError, SessionClosed } from './errors.js';
import type { FramingLimits } from './framing.js';
import { MessageSplitter } from './framing.js';
import type { Json } from './json.js';
import { Probe } from './probe.js';
import type { QueueBounds, RequestLimits } from './request-queue.js';
import { RequestQueue } from './request-queue.js';
import type { RpcMessage } from './rpc-message.js';
import { readLongMessage, readMessage, writeReply } from './rpc-message.js';

export interface SessionOptions extends Partial<QueueBounds> {
  /** Silence after which the server is asked for an echo; after a second one the session ends. 0: never. Default 10 s. */
  readonly probeIntervalMs?: number | undefined;
  readonly framing?: FramingLimits | undefined;
  /** Finds better words for the end of a session in which not a single byte was received. */
  readonly unheard?: ((reason: OvsdbError) => OvsdbError) | undefined;
  /** Ends the session. */
  readonly signal?: AbortSignal | undefined;
}

/** A listener that throws ends the session. */
export type NotificationListener = (method: string, params: readonly Json[]) => void;

export const DEFAULT_BOUNDS: QueueBounds = { maxInFlight: 4, maxQueued: 1024 };
export const DEFAULT_PROBE_INTERVAL_MS = 10_000;

/** Bytes of a message that is read in turns: reading it at once would keep everybody waiting for longer than a blink. */
const LONG = 1024 * 1024;

/** With an id that no numbered request can have. */
const ECHO_REQUEST = JSON.stringify({ id: 'echo', method: 'echo', params: [] });

export class Session {
  /** Why the session ended; never rejects. */
  readonly closed: Promise<OvsdbError>;
  private readonly splitter: MessageSplitter;
  private readonly requests: RequestQueue;
  private readonly probe: Probe;
  private readonly listeners = new Set<NotificationListener>();
  /** What came behind a long message, and that itself. */
  private readonly arrivals: Buffer[] = [];
  private ended = false;
  private heard = false;
  private resolveClosed: (reason: OvsdbError) => void = () => undefined;

  constructor(
    private readonly stream: Duplex,
    private readonly options: SessionOptions = {},
  ) {
    this.closed = new Promise((resolve) => (this.resolveClosed = resolve));
    this.splitter = new MessageSplitter(options.framing);
    this.requests = new RequestQueue(
      { ready: () => !stream.writableNeedDrain, write: (message) => this.write(message) },
      {
        maxInFlight: options.maxInFlight ?? DEFAULT_BOUNDS.maxInFlight,
        maxQueued: options.maxQueued ?? DEFAULT_BOUNDS.maxQueued,
      },
    );
    const interval = options.probeIntervalMs ?? DEFAULT_PROBE_INTERVAL_MS;
    this.probe = new Probe(interval, {
      ask: () => this.write(ECHO_REQUEST),
      giveUp: () => this.end(new ProbeTimeout(`nothing received for ${2 * interval} ms`)),
    });
    this.listen(options.signal);
  }

  /** See `RequestQueue.add` for the ways it rejects. */
  request(method: string, params: readonly unknown[], limits: RequestLimits = {}): Promise<Json> {
    return this.requests.add(method, params, limits);
  }

  /** Called in the order of arrival. Methods that nobody knows are ignored. */
  onNotification(listener: NotificationListener): Unsubscribe {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether the peer gives any sign of life within this time; it is asked for one. */
  answers(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (answer: boolean) => {
        clearTimeout(timer);
        this.stream.off('data', hear);
        resolve(answer && !this.ended);
      };
      const hear = () => settle(true);
      // after a stall of this process bytes may wait in the kernel: they are read before an immediate runs
      const timer = setTimeout(() => setImmediate(() => settle(false)), withinMs);
      void this.closed.then(() => settle(false));
      this.stream.on('data', hear);
      this.write(ECHO_REQUEST);
    });
  }

  /** The peer is known by now: from here on its messages may be as large as this. */
  allow(framing: FramingLimits): void {
    this.splitter.limits = framing;
  }

  get open(): boolean {
    return !this.ended;
  }

  /** Ends the session; requests without a reply reject with Disconnected. */
  close(reason: OvsdbError = new SessionClosed('closed by this side')): void {
    this.end(reason);
  }

  private listen(signal: AbortSignal | undefined): void {
    const onAbort = () => this.end(new SessionClosed('closed by this side', signal?.reason));
    this.stream.on('data', (chunk: Buffer) => this.receive(chunk));
    this.stream.on('drain', () => this.requests.pump());
    this.stream.on('error', (cause: Error) =>
      this.end(new PeerClosed(`the connection broke: ${cause.message}`, cause)),
    );
    this.stream.on('end', () => this.end(new PeerClosed('the server closed the connection')));
    this.stream.on('close', () => this.end(new PeerClosed('the connection is gone')));
    signal?.addEventListener('abort', onAbort, { once: true });
    void this.closed.then(() => signal?.removeEventListener('abort', onAbort));
    if (signal?.aborted) onAbort();
  }

  private receive(chunk: Buffer): void {
    if (this.ended) return;
    this.heard = true;
    this.probe.heard();
    try {
      this.splitter.push(chunk, (bytes) => this.arrived(bytes));
    } catch (error) {
      this.fail(error);
    }
    this.probe.heard();
  }

  /** Messages are taken in their order: behind a long one they wait. */
  private arrived(bytes: Buffer): void {
    if (this.ended) return;
    if (this.arrivals.length === 0 && bytes.length < LONG) return this.take(readMessage(bytes));
    this.arrivals.push(bytes);
    if (this.arrivals.length === 1) void this.takeInTurns();
  }

  /** Meanwhile nothing more is read from the stream, so that what waits stays bounded. */
  private async takeInTurns(): Promise<void> {
    this.stream.pause();
    try {
      for (let bytes = this.arrivals[0]; bytes !== undefined && !this.ended; bytes = this.arrivals[0]) {
        const message = bytes.length < LONG ? readMessage(bytes) : await readLongMessage(bytes);
        this.probe.heard();
        this.arrivals.shift();
        if (!this.ended) this.take(message);
      }
    } catch (error) {
      this.fail(error);
    }
    this.stream.resume();
  }

  private fail(error: unknown): void {
    this.end(error instanceof OvsdbError ? error : new ProtocolError('a message could not be handled', error));
  }

  private take(message: RpcMessage): void {
    switch (message.kind) {
      case 'reply':
        return this.requests.reply(message.id, message.result, message.error);
      case 'notification':
        return this.listeners.forEach((listener) => listener(message.method, message.params));
      case 'request':
        return this.answer(message.id, message.method, message.params);
    }
  }

  /** RFC 7047 §4.1.11: the params come back as they were, the id too. */
  private answer(id: Json, method: string, params: readonly Json[]): void {
    this.write(method === 'echo' ? writeReply(id, params, null) : writeReply(id, null, 'unknown method'));
  }

  private write(message: string): void {
    if (!this.ended) this.stream.write(message);
  }

  private end(cause: OvsdbError): void {
    if (this.ended) return;
    const reason = this.heard ? cause : (this.options.unheard?.(cause) ?? cause);
    this.ended = true;
    this.probe.stop();
    this.stream.destroy();
    this.requests.end(reason);
    this.listeners.clear();
    this.resolveClosed(reason);
  }
}
