import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate, readUpdate } from '../http/resource.js';
import { CreateGateway } from './create-gateway.js';
import { DeleteGateway } from './delete-gateway.js';
import { findGateway } from './gateway-store.js';
import { gatewayResource } from './gateway.body.js';
import { createdGatewayView, gatewayListing, gatewayView } from './gateway.view.js';
import { UpdateGateway } from './update-gateway.js';

@NeutronController('l2-gateways')
export class GatewaysController {
  constructor(
    private readonly facts: Facts,
    private readonly createGateway: CreateGateway,
    private readonly updateGateway: UpdateGateway,
    private readonly deleteGateway: DeleteGateway,
  ) {}

  @Post()
  @MessagePattern('gateway.create')
  async create(@Asked() { caller, body }: Ask) {
    return { l2_gateway: createdGatewayView(await this.createGateway.run(caller, readCreate(gatewayResource, body))) };
  }

  @Get()
  @MessagePattern('gateway.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, gatewayListing, readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('gateway.show')
  async show(@Asked() { id, query }: Ask) {
    return { l2_gateway: project(gatewayView(await findGateway(this.facts.db, id)), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('gateway.update')
  async update(@Asked() { id, body, ifMatch }: Ask) {
    return { l2_gateway: gatewayView(await this.updateGateway.run(id, readUpdate(gatewayResource, body), ifMatch)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('gateway.delete')
  delete(@Asked() { id, ifMatch }: Ask) {
    return this.deleteGateway.run(id, ifMatch);
  }
}
