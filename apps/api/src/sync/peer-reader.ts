import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { ListQuery } from '../http/list-query.js';
import { type Page, selectPage } from '../http/listing.js';
import { findPeer } from './peer-store.js';
import { peerListing, peerView } from './peer.view.js';

@Injectable()
export class PeerReader {
  constructor(private readonly facts: Facts) {}

  async show(id: string): Promise<Readonly<Record<string, unknown>>> {
    return peerView(await findPeer(this.facts.db, id));
  }

  list(query: ListQuery): Promise<Page> {
    return selectPage(this.facts.db, peerListing, query);
  }
}
