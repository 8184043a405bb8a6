import { Delete, Get, HttpCode, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { invalidAttribute } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readUpdate } from '../http/resource.js';
import { AgentLife } from './agent-life.js';
import { AnnounceSwitch } from './announce-switch.js';
import { ForgetSwitch } from './forget-switch.js';
import { findSwitch, learnedMacs } from './switch-store.js';
import { switchResource } from './switch.body.js';
import { switchListing, switchView } from './switch.view.js';

@NeutronController('l2-switches')
export class SwitchesController {
  constructor(
    private readonly facts: Facts,
    private readonly announceSwitch: AnnounceSwitch,
    private readonly forgetSwitch: ForgetSwitch,
    private readonly life: AgentLife,
  ) {}

  @Get()
  @MessagePattern('switch.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, switchListing(this.life), readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('switch.show')
  async show(@Asked() { id, query }: Ask) {
    const view = switchView(await findSwitch(this.facts.db, id), this.life);
    return { l2_switch: project(view, query.getAll('fields')) };
  }

  @Get(':id/macs')
  @MessagePattern('switch.macs')
  async macs(@Asked() { id }: Ask) {
    const { client_id } = await findSwitch(this.facts.db, id);
    return { macs: await learnedMacs(this.facts.db, client_id) };
  }

  @Put(':id')
  @MessagePattern('switch.announce')
  async announce(@Asked() { id, body, ifMatch }: Ask) {
    if (id === '' || id.length > 255) throw invalidAttribute('id', 'a switch name has 1 to 255 characters.');
    await this.announceSwitch.run(id, readUpdate(switchResource, body), ifMatch);
    return { l2_switch: switchView(await findSwitch(this.facts.db, id), this.life) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('switch.forget')
  forget(@Asked() { id, ifMatch }: Ask) {
    return this.forgetSwitch.run(id, ifMatch);
  }
}
