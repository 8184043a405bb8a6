import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { PruneAudit } from './prune-audit.js';

/** The audit trail, as operators read it; it is written where facts are committed. */
@Module({ controllers: [AuditController], providers: [PruneAudit] })
export class AuditModule {}
