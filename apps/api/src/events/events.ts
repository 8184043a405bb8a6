import { Bus } from '@l2gw/bus';
import { type EventNoun, type L2Event, type StatusHint, l2Event, statusHint } from '@l2gw/contracts';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Allowance } from './allowance.js';
import { type News, Summaries } from './summaries.js';

/** Of each noun, from one replica: what a reader can follow. */
const BURST = 500;
const PER_SECOND = 200;
const SUMMARY_MS = 1000;

/** Tells events and hints to everybody on the bus. Call it after commit only; what cannot be sent is lost. */
@Injectable()
export class Events implements OnModuleDestroy {
  private readonly allowances = new Map<EventNoun, Allowance>();
  private readonly summaries = new Summaries();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.summarise();
  }

  /** Beyond what a reader can follow, only how many there were of each kind is told, each second. */
  tell(...all: readonly News[]): void {
    const now = performance.now();
    for (const news of all) {
      if (this.allowanceOf(news.noun).take(now)) this.publish(news);
      else this.summaries.add(news);
    }
    this.summariseSoon();
  }

  /** The same of many that differ only in what `detailsOf` says of each, which is not asked of those that are only counted. */
  tellEach<Item>(kind: News, items: readonly Item[], detailsOf: (item: Item) => Partial<News>): void {
    const now = performance.now();
    const allowance = this.allowanceOf(kind.noun);
    const over = items.findIndex(() => !allowance.take(now));
    const told = over === -1 ? items : items.slice(0, over);
    for (const item of told) this.publish({ ...kind, ...detailsOf(item) });
    if (told.length < items.length) this.summaries.add({ ...kind, count: items.length - told.length });
    this.summariseSoon();
  }

  /** Wakes whoever waits for a status that hangs on this switch. */
  wakeStatus(hint: StatusHint): void {
    this.bus.publish(statusHint.subject, JSON.stringify(hint));
  }

  private summariseSoon(): void {
    if (!this.summaries.empty) this.timer ??= setTimeout(() => this.summarise(), SUMMARY_MS).unref();
  }

  private summarise(): void {
    this.timer = undefined;
    for (const news of this.summaries.take()) this.publish(news);
  }

  private publish(news: News): void {
    const event: L2Event = { ...news, at: new Date().toISOString() };
    this.bus.publish(l2Event.subject(news.noun), JSON.stringify(event));
  }

  private allowanceOf(noun: EventNoun): Allowance {
    const allowance = this.allowances.get(noun) ?? new Allowance(BURST, PER_SECOND);
    this.allowances.set(noun, allowance);
    return allowance;
  }
}
