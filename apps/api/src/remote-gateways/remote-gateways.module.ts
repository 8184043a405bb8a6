import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { SwitchesModule } from '../switches/switches.module.js';
import { CreateRemoteGateway } from './create-remote-gateway.js';
import { DeleteRemoteGateway } from './delete-remote-gateway.js';
import { RemoteConnectionStatuses } from './remote-connection-statuses.js';
import { RemoteConnectionsController } from './remote-connections.controller.js';
import { RemoteGatewayReader } from './remote-gateway-reader.js';
import { RemoteGatewaysController } from './remote-gateways.controller.js';
import { ShowRemoteConnection } from './show-remote-connection.js';
import { StretchNetwork } from './stretch-network.js';
import { UnstretchNetwork } from './unstretch-network.js';
import { UpdateRemoteGateway } from './update-remote-gateway.js';

/** VTEPs of other clouds, and the networks that are stretched to them. */
@Module({
  imports: [SwitchesModule, QuotasModule, EventsModule],
  controllers: [RemoteGatewaysController, RemoteConnectionsController],
  providers: [
    RemoteGatewayReader,
    CreateRemoteGateway,
    UpdateRemoteGateway,
    DeleteRemoteGateway,
    ShowRemoteConnection,
    RemoteConnectionStatuses,
    StretchNetwork,
    UnstretchNetwork,
  ],
})
export class RemoteGatewaysModule {}
