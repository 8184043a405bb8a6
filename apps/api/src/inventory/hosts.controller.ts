import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { unconditional } from '../http/precondition.js';
import { readCreate, readUpdate } from '../http/resource.js';
import { ForgetHost } from './forget-host.js';
import { hostResource } from './host.body.js';
import { hostListing, hostView } from './host.view.js';
import { findHost } from './inventory-store.js';
import { RegisterHost } from './register-host.js';
import { UpdateHost } from './update-host.js';

/** Compute hosts, which Neutron knows by the agents that run on them. */
@NeutronController('agents')
export class HostsController {
  constructor(
    private readonly facts: Facts,
    private readonly registerHost: RegisterHost,
    private readonly updateHost: UpdateHost,
    private readonly forgetHost: ForgetHost,
  ) {}

  @Post()
  @MessagePattern('agent.create')
  async register(@Asked() { body }: Ask) {
    return { agent: hostView(await this.registerHost.run(readCreate(hostResource, body))) };
  }

  @Get()
  @MessagePattern('agent.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, hostListing, readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('agent.show')
  async show(@Asked() { id, query }: Ask) {
    return { agent: project(hostView(await findHost(this.facts.db, id)), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('agent.update')
  async update(@Asked() ask: Ask) {
    const { id, body } = unconditional(ask);
    return { agent: hostView(await this.updateHost.run(id, readUpdate(hostResource, body))) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('agent.delete')
  forget(@Asked() ask: Ask) {
    return this.forgetHost.run(unconditional(ask).id);
  }
}
