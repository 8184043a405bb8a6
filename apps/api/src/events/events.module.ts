import { Module } from '@nestjs/common';
import { SwitchesModule } from '../switches/switches.module.js';
import { CompiledNews } from './compiled-news.js';
import { EventFeed } from './event-feed.js';
import { EventReaders } from './event-readers.js';
import { EventsController } from './events.controller.js';
import { StatusHints } from './status-hints.js';
import { StatusWatch } from './status-watch.js';
import { SwitchStatuses } from './switch-statuses.js';
import { Waiting } from './waiting.js';

/** What has changed: told to whoever listens, and to requests that wait for it. */
@Module({
  imports: [SwitchesModule],
  controllers: [EventsController],
  providers: [CompiledNews, EventFeed, EventReaders, StatusHints, StatusWatch, SwitchStatuses, Waiting],
  exports: [CompiledNews, StatusWatch, Waiting],
})
export class EventsModule {}
