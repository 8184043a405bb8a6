import { Log } from '@l2gw/runtime';
import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { delayAfter } from '@l2gw/reconcile';
import { ApiConfig } from '../config.js';
import { CompilerCall } from '../database/compiler-call.js';
import { Announcements } from './announcements.js';
import { CompilerConnection } from './compiler-connection.js';
import { Round } from './round.js';
import { Wake } from './wake.js';

/** How soon a standby notices that the active compiler is gone. */
const STANDBY_POLL_MS = 500;
/** Finds marks whose wake-up was lost. */
const POLL_MS = 250;
/** How soon life signs tell of an epoch that another replica has raised. */
const EPOCH_MS = 1000;
const BACK_OFF = { firstMs: 100, mostMs: 5000, random: Math.random };

export interface RoundDone {
  readonly marks: number;
  /** Tables that have changed. */
  readonly deltas: number;
  readonly durationMs: number;
}

/**
 * The one active compiler of the cloud: turns marks into derived rows, round after round, and announces what each round has
 * committed. Every replica has one of these; those that do not hold the lock stand by.
 */
@Injectable()
export class Compiler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly wake = new Wake();
  private stopListening = (): void => {};
  private running: Promise<void> = Promise.resolve();
  private conflicts: ReadonlyMap<string, number> = new Map();
  private readonly listeners = new Set<(round: RoundDone) => void>();

  constructor(
    private readonly config: ApiConfig,
    private readonly log: Log,
    private readonly announcements: Announcements,
    private readonly call: CompilerCall,
  ) {}

  onApplicationBootstrap(): void {
    this.stopListening = this.call.onCall(() => this.wake.up());
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    this.wake.up();
    this.stopListening();
    await this.running;
  }

  /** Told of each round that found marks, after what it wrote was published. */
  onRound(listener: (round: RoundDone) => void): void {
    this.listeners.add(listener);
  }

  /** Conflicts between clouds, by their kind, as of a second ago; none of this replica's business while another one is active. */
  get openConflicts(): ReadonlyMap<string, number> {
    return this.conflicts;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      try {
        await this.term();
        failures = 0;
        await this.wake.within(STANDBY_POLL_MS, this.stopping.signal);
      } catch (error) {
        const retryInMs = delayAfter(BACK_OFF, failures++);
        this.log.warn('compiler-failed', { error, retryInMs });
        await this.wake.pause(retryInMs, this.stopping.signal);
      }
    }
  }

  /** A replica that stands by has a term every half a second: none may leave anything behind. */
  private async term(): Promise<void> {
    const term = new AbortController();
    const stop = (): void => term.abort();
    this.stopping.signal.addEventListener('abort', stop);
    try {
      await this.activeTerm(term);
    } finally {
      this.stopping.signal.removeEventListener('abort', stop);
    }
  }

  /** From winning the lock to losing it; returns at once if another replica has it. */
  private async activeTerm(term: AbortController): Promise<void> {
    const db = await CompilerConnection.acquire(this.config.database, (error) => {
      if (!term.signal.aborted) this.log.warn('compiler-connection-lost', { error });
      term.abort();
      this.wake.up();
    });
    if (db === undefined) return;
    const instance = randomUUID();
    this.log.info('compiler-active', { instance });
    try {
      const round = new Round(db, this.config.replication, ({ mark, error }) =>
        this.log.error('facts-not-compiled', { ...mark, error }),
      );
      this.announcements.begin(instance, await round.position());
      this.call.answer(() => this.wake.up());
      await this.rounds(round, term.signal);
    } finally {
      this.call.answer(undefined);
      this.announcements.end();
      this.conflicts = new Map();
      await db.close();
      this.log.info('compiler-inactive', { instance });
    }
  }

  private async rounds(round: Round, signal: AbortSignal): Promise<void> {
    let asOf = performance.now();
    while (!signal.aborted) {
      const began = performance.now();
      const result = await round.run();
      this.announcements.committed(result);
      const { marks, deltas } = result;
      this.tell({ marks, deltas: deltas.length, durationMs: performance.now() - began });
      if (result.more) continue;
      await this.wake.within(POLL_MS, signal);
      if (signal.aborted || performance.now() - asOf < EPOCH_MS) continue;
      this.conflicts = await round.look();
      this.announcements.looked(await round.position());
      asOf = performance.now();
    }
  }

  private tell(round: RoundDone): void {
    if (round.marks > 0) for (const listener of this.listeners) listener(round);
  }
}
