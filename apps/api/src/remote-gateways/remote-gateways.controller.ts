import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate, readUpdate } from '../http/resource.js';
import { CreateRemoteGateway } from './create-remote-gateway.js';
import { DeleteRemoteGateway } from './delete-remote-gateway.js';
import { remoteGatewayResource } from './remote-gateway.body.js';
import { RemoteGatewayReader } from './remote-gateway-reader.js';
import { UpdateRemoteGateway } from './update-remote-gateway.js';

@NeutronController('l2-remote-gateways')
export class RemoteGatewaysController {
  constructor(
    private readonly reader: RemoteGatewayReader,
    private readonly createRemoteGateway: CreateRemoteGateway,
    private readonly updateRemoteGateway: UpdateRemoteGateway,
    private readonly deleteRemoteGateway: DeleteRemoteGateway,
  ) {}

  @Post()
  @MessagePattern('remote-gateway.create')
  async create(@Asked() { caller, body }: Ask) {
    const id = await this.createRemoteGateway.run(caller, readCreate(remoteGatewayResource, body));
    return { l2_remote_gateway: await this.reader.show(id) };
  }

  @Get()
  @MessagePattern('remote-gateway.list')
  list(@Asked() { query }: Ask) {
    return this.reader.list(readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('remote-gateway.show')
  async show(@Asked() { id, query }: Ask) {
    return { l2_remote_gateway: project(await this.reader.show(id), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('remote-gateway.update')
  async update(@Asked() { id, body, ifMatch }: Ask) {
    await this.updateRemoteGateway.run(id, readUpdate(remoteGatewayResource, body), ifMatch);
    return { l2_remote_gateway: await this.reader.show(id) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('remote-gateway.delete')
  delete(@Asked() { id, ifMatch }: Ask) {
    return this.deleteRemoteGateway.run(id, ifMatch);
  }
}
