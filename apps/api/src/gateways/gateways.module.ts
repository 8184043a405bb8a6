import { Module } from '@nestjs/common';
import { QuotasModule } from '../quotas/quotas.module.js';
import { CreateGateway } from './create-gateway.js';
import { DeleteGateway } from './delete-gateway.js';
import { GatewaysController } from './gateways.controller.js';
import { UpdateGateway } from './update-gateway.js';

/** Gateways: sets of switch ports through which networks leave the overlay. */
@Module({
  imports: [QuotasModule],
  controllers: [GatewaysController],
  providers: [CreateGateway, UpdateGateway, DeleteGateway],
})
export class GatewaysModule {}
