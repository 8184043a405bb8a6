import { Module } from '@nestjs/common';
import { QuotasModule } from '../quotas/quotas.module.js';
import { CreateNetwork } from './create-network.js';
import { CreatePorts } from './create-ports.js';
import { CreateSubnet } from './create-subnet.js';
import { DeleteNetwork } from './delete-network.js';
import { DeletePort } from './delete-port.js';
import { DeleteSubnet } from './delete-subnet.js';
import { ForgetHost } from './forget-host.js';
import { HostsController } from './hosts.controller.js';
import { NetworksController } from './networks.controller.js';
import { PortsController } from './ports.controller.js';
import { RegisterHost } from './register-host.js';
import { SubnetsController } from './subnets.controller.js';
import { type Collection, TAGGED, TagStore } from './tag-store.js';
import { tagsController } from './tags.controller.js';
import { UpdateHost } from './update-host.js';
import { UpdateNetwork } from './update-network.js';
import { UpdatePort } from './update-port.js';
import { UpdateSubnet } from './update-subnet.js';

const TAG_CONTROLLERS = (Object.keys(TAGGED) as Collection[]).map(tagsController);

/** Networks, their subnets, their ports and the hosts that these are bound to. */
@Module({
  imports: [QuotasModule],
  controllers: [NetworksController, SubnetsController, PortsController, HostsController, ...TAG_CONTROLLERS],
  providers: [
    CreateNetwork,
    UpdateNetwork,
    DeleteNetwork,
    CreateSubnet,
    UpdateSubnet,
    DeleteSubnet,
    CreatePorts,
    UpdatePort,
    DeletePort,
    RegisterHost,
    UpdateHost,
    ForgetHost,
    TagStore,
  ],
})
export class InventoryModule {}
