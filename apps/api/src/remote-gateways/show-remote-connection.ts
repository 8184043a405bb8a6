import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { type View, Waiting } from '../events/waiting.js';
import type { Door } from '../http/door.js';
import type { ListQuery } from '../http/list-query.js';
import { type Page, selectPage } from '../http/listing.js';
import type { Wish } from '../http/wish.js';
import { AgentLife } from '../switches/agent-life.js';
import { findRemoteConnection } from './remote-connection-store.js';
import { remoteConnectionListing, remoteConnectionView } from './remote-connection.view.js';

@Injectable()
export class ShowRemoteConnection {
  constructor(
    private readonly facts: Facts,
    private readonly life: AgentLife,
    private readonly waiting: Waiting,
  ) {}

  /** As it is now, or, if its client wants to wait, as soon as it has the status that he waits for. */
  async run(id: string, wish: Wish | undefined, door: Door): Promise<View> {
    const look = async () => remoteConnectionView(await findRemoteConnection(this.facts.db, id), this.life);
    if (wish === undefined) return look();
    const view = await this.waiting.until({ key: `remote-connection ${id}`, look }, wish, door.gone());
    if (wish.preferred) door.header('Preference-Applied', 'wait');
    return view;
  }

  /** What was created is answered in any case: if too many wait already, as it is now. */
  created(id: string, wish: Wish | undefined, door: Door): Promise<View> {
    return this.run(id, this.waiting.full ? undefined : wish, door);
  }

  list(query: ListQuery): Promise<Page> {
    return selectPage(this.facts.db, remoteConnectionListing(this.life), query);
  }
}
