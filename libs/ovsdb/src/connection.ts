/** Keeps one OVSDB server connected, its replica current and its lock wanted, until told to stop. */

import { sourceOf } from './choose-source.js';
import type { Condition } from './conditions.js';
import type { DownInfo, LiveInfo } from './connection-events.js';
import type { ConnectionOptions, ConnectionSettings } from './connection-options.js';
import { DEFAULT_SETTINGS } from './connection-options.js';
import type { Unsubscribe } from './emitter.js';
import { Emitter } from './emitter.js';
import type { OvsdbError } from './errors.js';
import { Disconnected, MonitorSilent, SessionClosed } from './errors.js';
import type { Served } from './keep-dialling.js';
import { keepDialling } from './keep-dialling.js';
import type { Link } from './link.js';
import { openLink } from './link.js';
import { Lock } from './lock.js';
import { MonitorWatch } from './monitor-watch.js';
import type { Uuid } from './notation.js';
import { checkedId } from './notation.js';
import type { Operation } from './operations.js';
import { select } from './operations.js';
import { reasonOf } from './reason-of.js';
import type { Replica } from './replica.js';
import { ReplicaKeeper } from './replica-keeper.js';
import type { RequestLimits } from './request-queue.js';
import { readSelected } from './select-rows.js';
import type { SessionSource } from './session-source.js';
import type { Session } from './session.js';
import type { ResultsOf } from './transact.js';
import { readResults } from './transact.js';
import type { Row } from './value.js';

interface Current {
  readonly session: Session;
  readonly info: LiveInfo;
  readonly watch: MonitorWatch;
}

export class Connection {
  private readonly keeper = new ReplicaKeeper();
  private readonly settings: ConnectionSettings & ConnectionOptions;
  private readonly ending = new AbortController();
  private readonly lived = new Emitter<LiveInfo>();
  private readonly downed = new Emitter<DownInfo>();
  private readonly locked = new Emitter<boolean>();
  private running: Promise<void> | undefined;
  private readonly source: SessionSource;
  private current: Current | undefined;
  private lastReason: OvsdbError | undefined;
  private owned = false;

  /** Throws NotationError if the lock is not an RFC 7047 `<id>`, EndpointError if the endpoint needs options that are not there. */
  constructor(options: ConnectionOptions) {
    if (options.lock !== undefined) checkedId(options.lock);
    this.settings = { ...DEFAULT_SETTINGS, ...options };
    this.source = sourceOf(this.settings);
  }

  /** The same object for the life of the connection; its content outlives sessions. */
  get replica(): Replica {
    return this.keeper.store;
  }

  /** Undefined while there is no usable session. */
  get live(): LiveInfo | undefined {
    return this.current?.info;
  }

  get hasLock(): boolean {
    return this.owned;
  }

  onLive(listener: (info: LiveInfo) => void): Unsubscribe {
    return this.lived.on(listener);
  }

  onDown(listener: (info: DownInfo) => void): Unsubscribe {
    return this.downed.on(listener);
  }

  /** Told `true` when the lock becomes ours, `false` when it is stolen or its session ends. */
  onLock(listener: (held: boolean) => void): Unsubscribe {
    return this.locked.on(listener);
  }

  /** Begins to dial, or to wait for the server to do so. A second call has no effect. */
  start(): void {
    const { backoff, random, now } = this.settings;
    this.running ??= keepDialling({
      serve: (signal) => this.serve(signal),
      down: (info) => this.downed.emit(info),
      signal: this.ending.signal,
      ...{ backoff, random, now },
    });
  }

  /** Ends session, timers and attempts; resolves when nothing is left. The replica stays readable. */
  async stop(): Promise<void> {
    this.ending.abort(new SessionClosed('the connection was stopped'));
    await this.source.stop();
    await this.running;
  }

  /**
   * Executes the operations as one transaction. Rejects with a TransactError if it was refused as a whole, and with
   * Disconnected, RequestTimeout or RequestAborted if nobody can say (`outcome: 'unknown'`) or it was never sent.
   * When it resolves, the replica already shows the effect.
   */
  async transact<const Ops extends readonly Operation[]>(
    operations: Ops,
    limits: RequestLimits = {},
  ): Promise<ResultsOf<Ops>> {
    const { dbName, transactTimeoutMs: timeoutMs } = this.settings;
    const { session, watch } = this.connected();
    try {
      const within = { ...limits, timeoutMs: limits.timeoutMs ?? timeoutMs };
      const results = readResults(operations, await session.request('transact', [dbName, ...operations], within));
      watch.committed(operations, results);
      return results;
    } catch (error) {
      throw error instanceof Disconnected ? new Disconnected(error.outcome, error.cause) : error;
    }
  }

  /** Reads rows that are not followed, decoded as the replica's are. Rejects as `transact`. */
  async select(
    table: string,
    where: readonly Condition[],
    columns: readonly string[],
    limits: RequestLimits = {},
  ): Promise<ReadonlyMap<Uuid, Row>> {
    const { schema } = this.connected().info;
    const [result] = await this.transact([select(table, where, ['_uuid', ...columns])], limits);
    return readSelected(schema, table, columns, result.rows);
  }

  /** One session from dialling to its end. Returns why it ended; tells through `live` that it came to be usable. */
  private async serve(signal: AbortSignal): Promise<Served> {
    let session: Session | undefined;
    let liveSince: number | undefined;
    try {
      session = await this.source.next(signal);
      const link = await this.open(session);
      await this.keeper.follow(link);
      if (session.open) this.goLive(session, link);
      if (session.open) liveSince = this.settings.now();
      this.lastReason = await session.closed;
    } catch (error) {
      this.lastReason = reasonOf(error);
      session?.close(this.lastReason);
    }
    if (this.lastReason instanceof MonitorSilent) this.keeper.distrust();
    this.goDown();
    return { reason: this.lastReason, liveSince };
  }

  private open(session: Session): Promise<Link> {
    const { lock: name, handshakeTimeoutMs: timeoutMs } = this.settings;
    const lock = name === undefined ? undefined : new Lock(session, name, (held) => this.setLock(held));
    return openLink(session, { ...this.settings, resume: this.keeper.resumePoint, lock }, { timeoutMs });
  }

  private goLive(session: Session, link: Link): void {
    const { schema, serverId, trimmed, reply } = link;
    const { dbName, canaryIntervalMs, ownWriteGraceMs, handshakeTimeoutMs: timeoutMs } = this.settings;
    this.keeper.begin();
    const info = { schema, serverId, ...trimmed, monitorMethod: reply.method, resumed: reply.resumed };
    const watched = { dbName, schema, selection: trimmed.selection, method: reply.method, replica: this.replica };
    const watch = new MonitorWatch(session, watched, { canaryIntervalMs, ownWriteGraceMs, timeoutMs });
    this.current = { session, info, watch };
    void watch.run();
    this.lived.emit(info);
  }

  private goDown(): void {
    this.current = undefined;
    this.keeper.pause();
    this.setLock(false);
  }

  private setLock(held: boolean): void {
    if (this.owned === held) return;
    this.owned = held;
    this.locked.emit(held);
  }

  private connected(): Current {
    if (this.current === undefined) throw new Disconnected('not-sent', this.lastReason);
    return this.current;
  }
}
