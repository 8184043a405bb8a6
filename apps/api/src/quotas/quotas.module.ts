import { Module } from '@nestjs/common';
import { QuotasController } from './quotas.controller.js';
import { Quotas } from './quotas.js';
import { SetQuota } from './set-quota.js';

/** How much each project may have. */
@Module({ controllers: [QuotasController], providers: [Quotas, SetQuota], exports: [Quotas] })
export class QuotasModule {}
