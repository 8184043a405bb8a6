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
import { remoteConnectionResource } from './remote-connection.body.js';
import { findRemoteConnection } from './remote-connection-store.js';
import { remoteConnectionListing, remoteConnectionView } from './remote-connection.view.js';
import { StretchNetwork } from './stretch-network.js';
import { UnstretchNetwork } from './unstretch-network.js';

@NeutronController('l2-remote-gateway-connections')
export class RemoteConnectionsController {
  constructor(
    private readonly facts: Facts,
    private readonly stretchNetwork: StretchNetwork,
    private readonly unstretchNetwork: UnstretchNetwork,
    private readonly life: AgentLife,
  ) {}

  @Post()
  @MessagePattern('remote-connection.create')
  async create(@Asked() { body }: Ask) {
    const id = await this.stretchNetwork.run(readCreate(remoteConnectionResource, body));
    return { l2_remote_gateway_connection: await this.view(id) };
  }

  @Get()
  @MessagePattern('remote-connection.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, remoteConnectionListing(this.life.silent), readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('remote-connection.show')
  async show(@Asked() { id, query }: Ask) {
    return { l2_remote_gateway_connection: project(await this.view(id), query.getAll('fields')) };
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

  private async view(id: string): Promise<Readonly<Record<string, unknown>>> {
    return remoteConnectionView(await findRemoteConnection(this.facts.db, id), this.life.silent);
  }
}
