import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project } from '../http/listing.js';
import { badRequest } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate } from '../http/resource.js';
import { readWish } from '../http/wish.js';
import { ConnectNetwork } from './connect-network.js';
import { connectionResource } from './connection.body.js';
import { DisconnectNetwork } from './disconnect-network.js';
import { ShowConnection } from './show-connection.js';

@NeutronController('l2-gateway-connections')
export class ConnectionsController {
  constructor(
    private readonly connectNetwork: ConnectNetwork,
    private readonly disconnectNetwork: DisconnectNetwork,
    private readonly showConnection: ShowConnection,
  ) {}

  @Post()
  @MessagePattern('connection.create')
  async connect(@Asked() { body: json, query, door }: Ask) {
    const body = readCreate(connectionResource, json);
    const wish = readWish(query, door.prefer);
    const { id } = await this.connectNetwork.run(body);
    const view = await this.showConnection.created(id, wish, door);
    return { l2_gateway_connection: { ...view, segmentation_id: body.segmentation_id ?? '' } };
  }

  @Get()
  @MessagePattern('connection.list')
  list(@Asked() { query }: Ask) {
    return this.showConnection.list(readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('connection.show')
  async show(@Asked() { id, query, door }: Ask) {
    const view = await this.showConnection.run(id, readWish(query, door.prefer), door);
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
