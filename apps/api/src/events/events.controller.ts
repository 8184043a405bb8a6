import { Get, Headers, Res } from '@nestjs/common';
import type { Response } from 'express';
import { type Ask, Asked } from '../http/ask.js';
import { NeutronController } from '../http/neutron.controller.js';
import { EventReaders } from './event-readers.js';
import { readEventFilter } from './event-filter.js';

/** Events as Server-Sent Events; on the bus they are what `l2gw.v1.event.<noun>` carries. */
@NeutronController('l2-events')
export class EventsController {
  constructor(private readonly readers: EventReaders) {}

  @Get()
  watch(@Asked() { query }: Ask, @Headers('Last-Event-ID') lastId: string | undefined, @Res() response: Response) {
    this.readers.open(response, readEventFilter(query), lastId);
  }
}
