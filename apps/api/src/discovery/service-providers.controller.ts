import { Get } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { NeutronController } from '../http/neutron.controller.js';

/** Who provides Neutron's advanced services here: L2 gateways, by this very program. */
@NeutronController('service-providers')
export class ServiceProvidersController {
  @Get()
  @MessagePattern('service-provider.list')
  list() {
    return { service_providers: [{ service_type: 'L2GW', name: 'l2gw', default: true }] };
  }
}
