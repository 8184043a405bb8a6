import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { ListQuery } from '../http/list-query.js';
import { type Page, selectPage } from '../http/listing.js';
import { AgentLife } from '../switches/agent-life.js';
import { findRemoteGateway } from './remote-gateway-store.js';
import { remoteGatewayListing, remoteGatewayView } from './remote-gateway.view.js';

/** Shows remote gateways with what the switches that lead there have confirmed. */
@Injectable()
export class RemoteGatewayReader {
  constructor(
    private readonly facts: Facts,
    private readonly life: AgentLife,
  ) {}

  async show(id: string): Promise<Readonly<Record<string, unknown>>> {
    return remoteGatewayView(await findRemoteGateway(this.facts.db, id), this.life);
  }

  list(query: ListQuery): Promise<Page> {
    return selectPage(this.facts.db, remoteGatewayListing(this.life), query);
  }
}
