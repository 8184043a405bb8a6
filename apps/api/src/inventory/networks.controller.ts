import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate, readUpdate } from '../http/resource.js';
import { CreateNetwork } from './create-network.js';
import { DeleteNetwork } from './delete-network.js';
import { findNetwork } from './network-store.js';
import { networkResource } from './network.body.js';
import { networkListing, networkView } from './network.view.js';
import { UpdateNetwork } from './update-network.js';

@NeutronController('networks')
export class NetworksController {
  constructor(
    private readonly facts: Facts,
    private readonly createNetwork: CreateNetwork,
    private readonly updateNetwork: UpdateNetwork,
    private readonly deleteNetwork: DeleteNetwork,
  ) {}

  @Post()
  @MessagePattern('network.create')
  async create(@Asked() { caller, body }: Ask) {
    return { network: networkView(await this.createNetwork.run(caller, readCreate(networkResource, body))) };
  }

  @Get()
  @MessagePattern('network.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, networkListing, readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('network.show')
  async show(@Asked() { id, query }: Ask) {
    return { network: project(networkView(await findNetwork(this.facts.db, id)), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('network.update')
  async update(@Asked() { id, body, ifMatch }: Ask) {
    return { network: networkView(await this.updateNetwork.run(id, readUpdate(networkResource, body), ifMatch)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('network.delete')
  delete(@Asked() { id, ifMatch }: Ask) {
    return this.deleteNetwork.run(id, ifMatch);
  }
}
