import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project } from '../http/listing.js';
import { badRequest } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate } from '../http/resource.js';
import { readWish } from '../http/wish.js';
import { remoteConnectionResource } from './remote-connection.body.js';
import { ShowRemoteConnection } from './show-remote-connection.js';
import { StretchNetwork } from './stretch-network.js';
import { UnstretchNetwork } from './unstretch-network.js';

@NeutronController('l2-remote-gateway-connections')
export class RemoteConnectionsController {
  constructor(
    private readonly showConnection: ShowRemoteConnection,
    private readonly stretchNetwork: StretchNetwork,
    private readonly unstretchNetwork: UnstretchNetwork,
  ) {}

  @Post()
  @MessagePattern('remote-connection.create')
  async create(@Asked() { body, query, door }: Ask) {
    const wish = readWish(query, door.prefer);
    const id = await this.stretchNetwork.run(readCreate(remoteConnectionResource, body));
    return { l2_remote_gateway_connection: await this.showConnection.created(id, wish, door) };
  }

  @Get()
  @MessagePattern('remote-connection.list')
  list(@Asked() { query }: Ask) {
    return this.showConnection.list(readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('remote-connection.show')
  async show(@Asked() { id, query, door }: Ask) {
    const view = await this.showConnection.run(id, readWish(query, door.prefer), door);
    return { l2_remote_gateway_connection: project(view, query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('remote-connection.update')
  update(): never {
    throw badRequest('Cannot update read-only attribute segmentation_id: delete the connection and create another one');
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('remote-connection.delete')
  delete(@Asked() { id, ifMatch }: Ask) {
    return this.unstretchNetwork.run(id, ifMatch);
  }
}
