import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readBulk, readCreate, readUpdate } from '../http/resource.js';
import { CreatePorts } from './create-ports.js';
import { DeletePort } from './delete-port.js';
import { findPort } from './inventory-store.js';
import { portResource } from './port.body.js';
import { portListing, portView } from './port.view.js';
import { UpdatePort } from './update-port.js';

@NeutronController('ports')
export class PortsController {
  constructor(
    private readonly facts: Facts,
    private readonly createPorts: CreatePorts,
    private readonly updatePort: UpdatePort,
    private readonly deletePort: DeletePort,
  ) {}

  @Post()
  @MessagePattern('port.create')
  async create(@Asked() { caller, body }: Ask) {
    const bulk = readBulk(portResource, body);
    const ports = await this.createPorts.run(caller, bulk ?? [readCreate(portResource, body)]);
    const views = ports.map(portView);
    return bulk === undefined ? { port: views[0] } : { ports: views };
  }

  @Get()
  @MessagePattern('port.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, portListing, readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('port.show')
  async show(@Asked() { id, query }: Ask) {
    return { port: project(portView(await findPort(this.facts.db, id)), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('port.update')
  async update(@Asked() { id, body, ifMatch }: Ask) {
    return { port: portView(await this.updatePort.run(id, readUpdate(portResource, body), ifMatch)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('port.delete')
  delete(@Asked() { id, ifMatch }: Ask) {
    return this.deletePort.run(id, ifMatch);
  }
}
