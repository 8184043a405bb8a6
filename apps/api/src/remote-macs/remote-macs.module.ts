import { Module } from '@nestjs/common';
import { QuotasModule } from '../quotas/quotas.module.js';
import { CreateRemoteMacs } from './create-remote-macs.js';
import { DeleteRemoteMac } from './delete-remote-mac.js';
import { RemoteMacsController } from './remote-macs.controller.js';

/** Hosts of other clouds, as operators state them. */
@Module({
  imports: [QuotasModule],
  controllers: [RemoteMacsController],
  providers: [CreateRemoteMacs, DeleteRemoteMac],
})
export class RemoteMacsModule {}
