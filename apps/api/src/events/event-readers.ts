import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Response } from 'express';
import { ApiConfig } from '../config.js';
import { Busy } from '../http/neutron-error.js';
import { EventFeed, type HeardEvent, resync } from './event-feed.js';
import type { EventFilter } from './event-filter.js';
import { EventStream } from './event-stream.js';

const KEEP_ALIVE_MS = 15_000;
const RETRY_AFTER_S = 5;

/** The readers of this replica's event streams. */
@Injectable()
export class EventReaders implements OnModuleInit, OnModuleDestroy {
  private readonly streams = new Set<EventStream>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly feed: EventFeed,
    private readonly config: ApiConfig,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      for (const stream of this.streams) stream.keepAlive();
    }, KEEP_ALIVE_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    for (const stream of this.streams) stream.end();
  }

  /**
   * Streams what the filter lets through until the reader goes. `lastId`: what he has read before he was cut off; if nobody can tell what
   * came after it, he is told to list again. Throws 503 `TooManyWaiters`.
   */
  open(response: Response, filter: EventFilter, lastId: string | undefined): void {
    if (this.streams.size >= this.config.mostWaiters)
      throw new Busy('TooManyWaiters', 'Too many event streams are open already; come again later.', RETRY_AFTER_S);
    const stream = new EventStream(response);
    const send = (heard: HeardEvent): void => {
      if (filter(heard.event)) stream.send(nameOf(heard), heard.event, this.feed.idOf(heard));
    };
    this.streams.add(stream);
    const subscription = this.feed.on(send);
    response.once('close', () => {
      subscription.stop();
      this.streams.delete(stream);
    });
    if (lastId === undefined) return;
    const missed = this.feed.since(lastId);
    if (missed === undefined) stream.send('resync', resync());
    else missed.forEach(send);
  }
}

/** Readers listen for nouns; that they have to list again is an event of its own. */
function nameOf({ event }: HeardEvent): string {
  return event.noun === 'feed' ? event.change : event.noun;
}
