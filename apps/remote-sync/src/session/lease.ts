import { randomUUID } from 'node:crypto';
import { type SyncOpened, syncSession } from '@l2gw/contracts';
import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { LeaseRequest } from './lease-request.js';

/** What is to be done while this instance is the active one. */
export interface Tenant {
  begin(epoch: number): void;
  end(): void;
}

/** A step that a peer may make us take forward at once: a restored database is some sessions behind, not millions. */
const MOST_STEP = 1_000_000;

/**
 * The right to speak for this cloud: granted by the API for 3 s, renewed each second. It ends by our own clock, counted from before the
 * question was sent, so that it is over here before the API grants it to another instance.
 */
@Injectable()
export class Lease {
  readonly instance = randomUUID();
  private epoch: number | undefined;
  private seenEpoch: number | undefined;
  private tenant: Tenant | undefined;
  private askTimer: NodeJS.Timeout | undefined;
  private endTimer: NodeJS.Timeout | undefined;
  private holder: string | undefined;

  constructor(
    private readonly request: LeaseRequest,
    private readonly log: Log,
  ) {}

  /** Undefined: this instance stands by. */
  get current(): number | undefined {
    return this.epoch;
  }

  start(tenant: Tenant): void {
    this.tenant = tenant;
    this.askAfter(0);
  }

  /** Whoever stands by gets the lease when its time is over. */
  stop(): void {
    clearTimeout(this.askTimer);
    this.lose();
    this.tenant = undefined;
  }

  /** A peer remembers a higher epoch of this cloud: our database has been set back, and nothing of ours would be believed. */
  isBehind(seenEpoch: number): void {
    const { epoch } = this;
    if (epoch === undefined || seenEpoch <= epoch || seenEpoch - epoch > MOST_STEP) return;
    this.log.warn('epoch-behind', { epoch, seenEpoch });
    this.seenEpoch = seenEpoch;
    this.lose();
    this.askAfter(0);
  }

  private askAfter(ms: number): void {
    clearTimeout(this.askTimer);
    if (this.tenant !== undefined) this.askTimer = setTimeout(() => void this.ask(), ms).unref();
  }

  private async ask(): Promise<void> {
    const { instance, epoch, seenEpoch } = this;
    const askedAt = performance.now();
    try {
      const above = seenEpoch === undefined ? {} : { seenEpoch };
      const answer = await this.request.ask({ instance, ...(epoch === undefined ? above : { epoch }) });
      this.answered(answer, epoch, askedAt);
    } catch (error) {
      this.log.debug('lease-not-granted', { error });
      this.askAfter(epoch === undefined ? syncSession.renewMs : syncSession.renewMs / 4);
    }
  }

  private answered(answer: SyncOpened, asked: number | undefined, askedAt: number): void {
    if (this.tenant === undefined || asked !== this.epoch) return this.askAfter(0);
    if ('heldBy' in answer) return this.held(answer.heldBy, answer.retryInMs);
    this.askAfter(syncSession.renewMs);
    if (answer.epoch !== this.epoch) this.lose();
    this.endAt(askedAt + syncSession.leaseMs);
    if (this.epoch === undefined) this.gain(answer.epoch);
  }

  private held(holder: string, retryInMs: number): void {
    this.lose();
    if (holder !== this.holder) this.log.info('standby', { active: holder });
    this.holder = holder;
    this.askAfter(Math.min(Math.max(retryInMs, 50), syncSession.leaseMs));
  }

  private endAt(time: number): void {
    clearTimeout(this.endTimer);
    this.endTimer = setTimeout(() => this.lose(), time - performance.now()).unref();
  }

  private gain(epoch: number): void {
    this.holder = undefined;
    this.epoch = epoch;
    this.log.info('active', { epoch });
    this.tenant?.begin(epoch);
  }

  private lose(): void {
    clearTimeout(this.endTimer);
    if (this.epoch === undefined) return;
    this.log.warn('not-active', { epoch: this.epoch });
    this.epoch = undefined;
    this.tenant?.end();
  }
}
