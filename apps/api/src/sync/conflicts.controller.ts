import { Get } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project, selectPage } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { conflictListing, conflictView } from './conflict.view.js';
import { findConflict } from './find-conflict.js';

/** On what clouds that share networks do not agree. */
@NeutronController('l2-sync-conflicts')
export class ConflictsController {
  constructor(private readonly facts: Facts) {}

  @Get()
  @MessagePattern('sync-conflict.list')
  list(@Asked() { query }: Ask) {
    return selectPage(this.facts.db, conflictListing, readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('sync-conflict.show')
  async show(@Asked() { id, query }: Ask) {
    return { l2_sync_conflict: project(conflictView(await findConflict(this.facts.db, id)), query.getAll('fields')) };
  }
}
