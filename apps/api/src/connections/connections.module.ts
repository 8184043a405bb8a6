import { Module } from '@nestjs/common';
import { QuotasModule } from '../quotas/quotas.module.js';
import { EventsModule } from '../events/events.module.js';
import { SwitchesModule } from '../switches/switches.module.js';
import { ConnectNetwork } from './connect-network.js';
import { ConnectionStatuses } from './connection-statuses.js';
import { ConnectionsController } from './connections.controller.js';
import { DisconnectNetwork } from './disconnect-network.js';
import { ShowConnection } from './show-connection.js';

/** Connections of networks to gateways. */
@Module({
  imports: [SwitchesModule, QuotasModule, EventsModule],
  controllers: [ConnectionsController],
  providers: [ConnectNetwork, DisconnectNetwork, ShowConnection, ConnectionStatuses],
})
export class ConnectionsModule {}
