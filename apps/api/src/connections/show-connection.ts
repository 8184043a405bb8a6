import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { type View, Waiting } from '../events/waiting.js';
import type { Door } from '../http/door.js';
import type { ListQuery } from '../http/list-query.js';
import { selectPage } from '../http/listing.js';
import type { Wish } from '../http/wish.js';
import { AgentLife } from '../switches/agent-life.js';
import { findConnection } from './connection-store.js';
import { connectionListing, connectionView } from './connection.view.js';

@Injectable()
export class ShowConnection {
  constructor(
    private readonly facts: Facts,
    private readonly life: AgentLife,
    private readonly waiting: Waiting,
  ) {}

  /** The connection as it is now, or, if its client wants to wait, as soon as it has the status that he waits for. */
  async run(id: string, wish: Wish | undefined, door: Door): Promise<View> {
    const look = async () => connectionView(await findConnection(this.facts.db, id), this.life);
    if (wish === undefined) return look();
    const view = await this.waiting.until({ key: `connection ${id}`, look }, wish, door.gone());
    if (wish.preferred) door.header('Preference-Applied', 'wait');
    return view;
  }

  /** What was created is answered in any case: if too many wait already, as it is now. */
  created(id: string, wish: Wish | undefined, door: Door): Promise<View> {
    return this.run(id, this.waiting.full ? undefined : wish, door);
  }

  list(query: ListQuery) {
    return selectPage(this.facts.db, connectionListing(this.life), query);
  }
}
