import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { badRequest } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate } from '../http/resource.js';
import { AgentLife } from '../switches/agent-life.js';
import { ConnectNetwork } from './connect-network.js';
import { findConnection } from './connection-store.js';
import { connectionResource } from './connection.body.js';
import { connectionListing, connectionView } from './connection.view.js';
import { DisconnectNetwork } from './disconnect-network.js';

@NeutronController('l2-gateway-connections')
export class ConnectionsController {
  constructor(
    private readonly facts: Facts,
    private readonly connectNetwork: ConnectNetwork,
    private readonly disconnectNetwork: DisconnectNetwork,
    private readonly life: AgentLife,
  ) {}

  @Post()
  @MessagePattern('connection.create')
  async connect(@Asked() { body: json }: Ask) {
    const body = readCreate(connectionResource, json);
    const { id } = await this.connectNetwork.run(body);
    const view = connectionView(await findConnection(this.facts.db, id), this.life.silent);
    return { l2_gateway_connection: { ...view, segmentation_id: body.segmentation_id ?? '' } };
  }

  @Get()
  @MessagePattern('connection.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, connectionListing(this.life.silent), readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('connection.show')
  async show(@Asked() { id, query }: Ask) {
    const view = connectionView(await findConnection(this.facts.db, id), this.life.silent);
    return { l2_gateway_connection: project(view, query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('connection.update')
  update(): never {
    throw badRequest('Cannot update read-only attribute segmentation_id');
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('connection.delete')
  disconnect(@Asked() { id, ifMatch }: Ask) {
    return this.disconnectNetwork.run(id, ifMatch);
  }
}
