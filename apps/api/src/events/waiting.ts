import type { Subscription } from '@l2gw/bus';
import type { StatusHint } from '@l2gw/contracts';
import { Reconciler } from '@l2gw/reconcile';
import { Log } from '@l2gw/runtime';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ApiConfig } from '../config.js';
import { Busy, NeutronError } from '../http/neutron-error.js';
import type { Wish } from '../http/wish.js';
import { StatusHints } from './status-hints.js';

/** Finds what nobody gave a hint of. */
const SLOW_LOOK_MS = 5000;
/** Looks under way at once at the most, whoever many wait. */
const WINDOW = 4;
const BACK_OFF = { firstMs: 100, mostMs: 2000, random: Math.random };
const RETRY_AFTER_S = 5;

/** A resource as it is answered, with its status and network. */
export type View = Readonly<Record<string, unknown>>;

/** Something whose status can be waited for. */
export interface Watched {
  /** Noun and id: all who wait for the same share their looks. */
  readonly key: string;
  /** Reads it anew. Rejects with a `NeutronError` if it is not there any more. */
  readonly look: () => Promise<View>;
}

interface Waiter {
  readonly statuses: readonly string[];
  /** Without a view: the waiting is over before it was reached. */
  readonly resolve: (view?: View) => void;
  readonly reject: (error: NeutronError) => void;
}

interface Shared {
  readonly look: Watched['look'];
  readonly waiters: Set<Waiter>;
  network: unknown;
}

/** Lets requests wait until something has a status. Whoever waits is woken by hints and does not ask again and again. */
@Injectable()
export class Waiting implements OnModuleInit, OnModuleDestroy {
  private readonly shared = new Map<string, Shared>();
  private readonly loop: Reconciler<string>;
  private subscription: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;
  private count = 0;
  private isStopping = false;

  constructor(
    private readonly hints: StatusHints,
    private readonly config: ApiConfig,
    log: Log,
  ) {
    this.loop = new Reconciler({
      reconcile: ([key = '']) => this.look(key),
      batch: 1,
      window: WINDOW,
      backOff: BACK_OFF,
      onFailure: ({ error, retryInMs }) => log.warn('status-not-read', { error, retryInMs }),
    });
  }

  onModuleInit(): void {
    this.loop.start();
    this.subscription = this.hints.on((hint) => this.hinted(hint));
    this.timer = setInterval(() => this.loop.markAll(this.shared.keys()), SLOW_LOOK_MS).unref();
  }

  /** Whoever still waits gets his answer as it is now. */
  async onModuleDestroy(): Promise<void> {
    this.subscription?.stop();
    clearInterval(this.timer);
    this.isStopping = true;
    for (const { waiters } of this.shared.values()) for (const waiter of waiters) waiter.resolve();
    await this.loop.stop();
  }

  get full(): boolean {
    return this.count >= this.config.mostWaiters;
  }

  /**
   * Answers as soon as it has one of the statuses, or is in `ERROR`: that does not get better unless somebody does something. Else
   * it is answered as it is when the time is up or the client gone. Throws 503 `TooManyWaiters`, and whatever `look` throws.
   */
  async until(watched: Watched, wish: Wish, gone: AbortSignal): Promise<View> {
    if (this.full) throw new Busy('TooManyWaiters', 'Too many requests wait already; ask again later.', RETRY_AFTER_S);
    this.count += 1;
    try {
      const view = this.isStopping || gone.aborted ? undefined : await this.wait(watched, wish, gone);
      return view ?? (await watched.look());
    } finally {
      this.count -= 1;
    }
  }

  /** Undefined if it was not reached. */
  private async wait({ key, look }: Watched, wish: Wish, gone: AbortSignal): Promise<View | undefined> {
    const shared = this.shared.get(key) ?? { look, waiters: new Set(), network: undefined };
    this.shared.set(key, shared);
    let end: () => void = () => undefined;
    const reached = new Promise<View | undefined>((resolve, reject) => {
      const waiter: Waiter = { statuses: wish.statuses, resolve, reject };
      shared.waiters.add(waiter);
      const timer = setTimeout(() => resolve(undefined), wish.timeoutMs);
      gone.addEventListener('abort', () => resolve(undefined), { once: true });
      end = () => {
        clearTimeout(timer);
        shared.waiters.delete(waiter);
      };
    });
    this.loop.mark(key);
    try {
      return await reached;
    } finally {
      end();
      if (shared.waiters.size === 0) this.shared.delete(key);
    }
  }

  /** Before its first look nobody knows in which network it is. */
  private hinted({ networks }: StatusHint): void {
    for (const [key, { network }] of this.shared) {
      if (networks === undefined || typeof network !== 'string' || networks.includes(network)) this.loop.mark(key);
    }
  }

  private async look(key: string): Promise<void> {
    const shared = this.shared.get(key);
    if (shared === undefined) return;
    try {
      const view = await shared.look();
      shared.network = view['network_id'];
      for (const waiter of shared.waiters) if (isReached(view, waiter)) waiter.resolve(view);
    } catch (error) {
      if (!(error instanceof NeutronError)) throw error;
      for (const waiter of shared.waiters) waiter.reject(error);
    }
  }
}

function isReached({ status }: View, { statuses }: Waiter): boolean {
  return status === 'ERROR' || statuses.some((each) => each === status);
}
