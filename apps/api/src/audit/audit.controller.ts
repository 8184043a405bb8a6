import { Get } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { Facts } from '../database/facts.js';
import { type Ask, Asked } from '../http/ask.js';
import { selectPage } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readAuditQuery } from './audit-query.js';
import { auditListing } from './audit.view.js';

/** Who has changed what, and who was not let. */
@NeutronController('l2-audit')
export class AuditController {
  constructor(private readonly facts: Facts) {}

  @Get()
  @MessagePattern('audit.list')
  list(@Asked() { query }: Ask) {
    const { list, span } = readAuditQuery(query);
    return selectPage(this.facts.db, auditListing(span), list);
  }
}
