import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate, readUpdate } from '../http/resource.js';
import { CreateSubnet } from './create-subnet.js';
import { DeleteSubnet } from './delete-subnet.js';
import { findSubnet } from './subnet-store.js';
import { subnetResource } from './subnet.body.js';
import { subnetListing, subnetView } from './subnet.view.js';
import { UpdateSubnet } from './update-subnet.js';

@NeutronController('subnets')
export class SubnetsController {
  constructor(
    private readonly facts: Facts,
    private readonly createSubnet: CreateSubnet,
    private readonly updateSubnet: UpdateSubnet,
    private readonly deleteSubnet: DeleteSubnet,
  ) {}

  @Post()
  @MessagePattern('subnet.create')
  async create(@Asked() { caller, body }: Ask) {
    return { subnet: subnetView(await this.createSubnet.run(caller, readCreate(subnetResource, body))) };
  }

  @Get()
  @MessagePattern('subnet.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, subnetListing, readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('subnet.show')
  async show(@Asked() { id, query }: Ask) {
    return { subnet: project(subnetView(await findSubnet(this.facts.db, id)), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('subnet.update')
  async update(@Asked() { id, body, ifMatch }: Ask) {
    return { subnet: subnetView(await this.updateSubnet.run(id, readUpdate(subnetResource, body), ifMatch)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('subnet.delete')
  delete(@Asked() { id, ifMatch }: Ask) {
    return this.deleteSubnet.run(id, ifMatch);
  }
}
