import { Get, HttpCode, Post } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { NeutronController } from '../http/neutron.controller.js';
import { PeerInspection } from './peer-inspection.js';
import { refreshView } from './refresh.view.js';

@NeutronController('l2-sync-peers')
export class PeerInspectionController {
  constructor(private readonly inspection: PeerInspection) {}

  @Post(':id/refresh')
  @HttpCode(200)
  @MessagePattern('sync-peer.refresh')
  async refresh(@Asked() { id }: Ask) {
    return { refresh: refreshView(await this.inspection.refresh(id)) };
  }

  @Get(':id/rib-in')
  @MessagePattern('sync-peer.rib-in')
  ribIn(@Asked() { id, query }: Ask) {
    return this.inspection.ribIn(id, query);
  }
}
