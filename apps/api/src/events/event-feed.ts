import { randomUUID } from 'node:crypto';
import { Bus, type Subscription } from '@l2gw/bus';
import { type L2Event, l2Event } from '@l2gw/contracts';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

/** Events that a reader who was away for a moment can still get. */
const KEPT = 1000;

/** An event with its place among those that this replica has heard. */
export interface HeardEvent {
  readonly number: number;
  readonly event: L2Event;
}

/** Hears the events of all replicas, remembers the latest and passes them on to this replica's readers. */
@Injectable()
export class EventFeed implements OnModuleInit, OnModuleDestroy {
  private readonly instance = randomUUID().slice(0, 8);
  private readonly kept: HeardEvent[] = [];
  private readonly listeners = new Set<(heard: HeardEvent) => void>();
  private subscriptions: readonly Subscription[] = [];
  private count = 0;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.subscriptions = [
      this.bus.subscribe(l2Event.heard, ({ body }) => this.hear(l2Event.decode(JSON.parse(body)))),
      this.bus.onStatus((connected) => connected && this.hear(resync())),
    ];
  }

  onModuleDestroy(): void {
    for (const subscription of this.subscriptions) subscription.stop();
  }

  on(listener: (heard: HeardEvent) => void): Subscription {
    this.listeners.add(listener);
    return { stop: () => void this.listeners.delete(listener) };
  }

  /** An id by which a reader can say what he has read last; it means something at this replica only. */
  idOf({ number }: HeardEvent): string {
    return `${this.instance}-${number}`;
  }

  /** What was heard after the event with this id; undefined if nobody can tell. */
  since(id: string): readonly HeardEvent[] | undefined {
    const [instance, text = ''] = id.split('-');
    const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    const oldest = this.kept[0]?.number ?? this.count + 1;
    if (instance !== this.instance || !(number >= oldest - 1 && number <= this.count)) return undefined;
    return this.kept.filter((each) => each.number > number);
  }

  private hear(event: L2Event): void {
    const heard = { number: (this.count += 1), event };
    this.kept.push(heard);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const listener of [...this.listeners]) listener(heard);
  }
}

/** The bus was away, and what was said meanwhile is lost. */
export function resync(): L2Event {
  return { noun: 'feed', change: 'resync', at: new Date().toISOString() };
}
