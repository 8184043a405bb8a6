import { HttpCode, Post } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { NeutronController } from '../http/neutron.controller.js';
import { ClearDuplicates } from './clear-duplicates.js';
import { readClear } from './clear-query.js';

/** MACs and IPs that clouds claim by turns, and that are frozen for it. */
@NeutronController('l2-sync-peers')
export class DuplicatesController {
  constructor(private readonly clearDuplicates: ClearDuplicates) {}

  @Post('clear-duplicates')
  @HttpCode(200)
  @MessagePattern('sync-peer.clear-duplicates')
  async clear(@Asked() { query }: Ask) {
    return { cleared: await this.clearDuplicates.run(readClear(query)) };
  }
}
