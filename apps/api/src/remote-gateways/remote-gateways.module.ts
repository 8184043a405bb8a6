import { Module } from '@nestjs/common';
import { QuotasModule } from '../quotas/quotas.module.js';
import { SwitchesModule } from '../switches/switches.module.js';
import { CreateRemoteGateway } from './create-remote-gateway.js';
import { DeleteRemoteGateway } from './delete-remote-gateway.js';
import { RemoteConnectionsController } from './remote-connections.controller.js';
import { RemoteGatewayReader } from './remote-gateway-reader.js';
import { RemoteGatewaysController } from './remote-gateways.controller.js';
import { StretchNetwork } from './stretch-network.js';
import { UnstretchNetwork } from './unstretch-network.js';
import { UpdateRemoteGateway } from './update-remote-gateway.js';

/** VTEPs of other clouds, and the networks that are stretched to them. */
@Module({
  imports: [SwitchesModule, QuotasModule],
  controllers: [RemoteGatewaysController, RemoteConnectionsController],
  providers: [
    RemoteGatewayReader,
    CreateRemoteGateway,
    UpdateRemoteGateway,
    DeleteRemoteGateway,
    StretchNetwork,
    UnstretchNetwork,
  ],
})
export class RemoteGatewaysModule {}
