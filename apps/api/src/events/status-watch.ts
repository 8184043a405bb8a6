import type { StatusHint } from '@l2gw/contracts';
import type { Subscription } from '@l2gw/bus';
import { Reconciler } from '@l2gw/reconcile';
import { Log } from '@l2gw/runtime';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Events } from './events.js';
import { KnownStatuses } from './known-statuses.js';
import { StatusHints } from './status-hints.js';
import type { StatusKey, StatusSource } from './status-source.js';

/** Finds changes whose hints were lost, and forgets what is gone. */
const SWEEP_MS = 60_000;
const PAGE = 500;
const BATCH = 100;
const BACK_OFF = { firstMs: 100, mostMs: 5000, random: Math.random };

/**
 * Tells of every status that is another than it was. Works at one replica at a time, that of the active compiler; what changed while
 * none was active, or before it had looked, is not told one by one: `feed resync` makes readers list again.
 */
@Injectable()
export class StatusWatch implements OnModuleDestroy {
  private readonly sources: StatusSource[] = [];
  private term: Term | undefined;

  constructor(
    private readonly events: Events,
    private readonly hints: StatusHints,
    private readonly log: Log,
  ) {}

  add(source: StatusSource): void {
    this.sources.push(source);
  }

  begin(): void {
    this.end();
    this.term = new Term(this.sources, this.events, this.hints, this.log);
  }

  end(): void {
    this.term?.end();
    this.term = undefined;
  }

  onModuleDestroy(): void {
    this.end();
  }
}

/** The key of a pass over everything. */
const ALL = 'all';

/** From becoming the active one to being it no more. */
class Term {
  private readonly known = new KnownStatuses();
  private readonly loop: Reconciler<string>;
  private readonly subscription: Subscription;
  private readonly timer: NodeJS.Timeout;
  private isFirst = true;

  constructor(
    private readonly sources: readonly StatusSource[],
    private readonly events: Events,
    hints: StatusHints,
    log: Log,
  ) {
    this.loop = new Reconciler({
      reconcile: (keys) => this.look(keys),
      batch: BATCH,
      window: 1,
      backOff: BACK_OFF,
      onFailure: ({ error, retryInMs }) => log.warn('statuses-not-read', { error, retryInMs }),
    });
    this.subscription = hints.on((hint) => this.loop.markAll(keysOf(hint)));
    this.timer = setInterval(() => this.loop.mark(ALL), SWEEP_MS).unref();
    this.loop.mark(ALL);
    this.loop.start();
  }

  end(): void {
    this.subscription.stop();
    clearInterval(this.timer);
    void this.loop.stop();
  }

  private async look(keys: readonly string[]): Promise<void> {
    if (keys.includes(ALL)) return this.sweep();
    const wanted = keys.map(readKey);
    for (const source of this.sources) this.events.tell(...this.known.update(source.noun, await source.of(wanted)));
  }

  private async sweep(): Promise<void> {
    for (const source of this.sources) {
      const seen = new Set<string>();
      for (let last: string | undefined; ;) {
        const page = await source.after(last, PAGE);
        const news = this.known.update(source.noun, page);
        if (!this.isFirst) this.events.tell(...news);
        for (const { id } of page) seen.add(id);
        if (page.length < PAGE) break;
        last = page.at(-1)?.id;
      }
      this.known.keepOnly(source.noun, seen);
    }
    if (this.isFirst) this.events.tell({ noun: 'feed', change: 'resync' });
    this.isFirst = false;
  }
}

function keysOf(hint: StatusHint): readonly string[] {
  return hint.networks === undefined ? [hint.switch] : hint.networks.map((network) => `${hint.switch} ${network}`);
}

function readKey(text: string): StatusKey {
  const [name = '', network] = text.split(' ');
  return { switch: name, ...(network === undefined ? {} : { network }) };
}
