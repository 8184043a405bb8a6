import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { Convergence } from '../reconcile/convergence.js';
import { EpochRequest } from './epoch-request.js';
import { PushedTables } from './pushed-tables.js';

/** How long the first push waits for the first comparison with the switch, so that a restart takes no confirmation back. */
const FIRST_PUSH_MS = 1000;

/** A push that is not taken for so many looks in a row may need another session: the API can have forgotten the switch. */
const MOST_LOOKS = 3;

/** The right to push: what is to be said before it is granted is held back, and what a predecessor says after it is refused. */
@Injectable()
export class ReportSession {
  private asking = new AbortController();
  private isOpen = false;
  private stuckLooks = 0;

  constructor(
    private readonly request: EpochRequest,
    private readonly tables: PushedTables,
    private readonly convergence: Convergence,
    private readonly log: Log,
  ) {}

  /** While an epoch is being asked for, it is our own that ends the one before. */
  start(): void {
    this.tables.onFenced(() => this.isOpen && this.begin());
  }

  begin(): void {
    this.end();
    this.asking = new AbortController();
    void this.open(this.asking.signal);
  }

  end(): void {
    this.asking.abort();
    this.isOpen = false;
    this.stuckLooks = 0;
  }

  /** What has not been pushed is said again by whoever comes next. */
  stop(): void {
    this.end();
    this.tables.stop();
  }

  /** To be called now and then. */
  look(): void {
    this.stuckLooks = this.tables.isStuck ? this.stuckLooks + 1 : 0;
    if (this.stuckLooks >= MOST_LOOKS) this.begin();
  }

  private async open(signal: AbortSignal): Promise<void> {
    const epoch = await this.request.epoch(signal);
    if (epoch === undefined) return;
    await this.convergence.converged(AbortSignal.any([signal, AbortSignal.timeout(FIRST_PUSH_MS)]));
    if (signal.aborted) return;
    this.tables.open(epoch);
    this.isOpen = true;
    this.log.info('session-opened', { epoch });
  }
}
