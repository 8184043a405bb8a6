import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { badRequest } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { unconditional } from '../http/precondition.js';
import { CreateRemoteMacs } from './create-remote-macs.js';
import { DeleteRemoteMac } from './delete-remote-mac.js';
import { readRemoteMacs } from './remote-mac.body.js';
import { findRemoteMac } from './remote-mac-store.js';
import { remoteMacListing, remoteMacView } from './remote-mac.view.js';

@NeutronController('l2-remote-macs')
export class RemoteMacsController {
  constructor(
    private readonly facts: Facts,
    private readonly createRemoteMacs: CreateRemoteMacs,
    private readonly deleteRemoteMac: DeleteRemoteMac,
  ) {}

  @Post()
  @MessagePattern('remote-mac.create')
  async create(@Asked() { body, query }: Ask) {
    const wanted = readRemoteMacs(body, query);
    const views = (await this.createRemoteMacs.run(wanted)).map(remoteMacView);
    return wanted.isBulk ? { l2_remote_macs: views } : { l2_remote_mac: views[0] };
  }

  @Get()
  @MessagePattern('remote-mac.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, remoteMacListing, readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('remote-mac.show')
  async show(@Asked() { id, query }: Ask) {
    return { l2_remote_mac: project(remoteMacView(await findRemoteMac(this.facts.db, id)), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('remote-mac.update')
  update(): never {
    throw badRequest('Cannot update read-only attribute mac: delete the remote MAC and create another one');
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('remote-mac.delete')
  delete(@Asked() ask: Ask) {
    return this.deleteRemoteMac.run(unconditional(ask).id);
  }
}
