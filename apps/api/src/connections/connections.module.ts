import { Module } from '@nestjs/common';
import { QuotasModule } from '../quotas/quotas.module.js';
import { SwitchesModule } from '../switches/switches.module.js';
import { ConnectNetwork } from './connect-network.js';
import { ConnectionsController } from './connections.controller.js';
import { DisconnectNetwork } from './disconnect-network.js';

/** Connections of networks to gateways. */
@Module({
  imports: [SwitchesModule, QuotasModule],
  controllers: [ConnectionsController],
  providers: [ConnectNetwork, DisconnectNetwork],
})
export class ConnectionsModule {}
