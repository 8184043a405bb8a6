import { Get } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { notFound } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { EXTENSIONS } from './extensions.js';

/** What the API can do beyond networks, subnets and ports; an extension's id is its alias. */
@NeutronController('extensions')
export class ExtensionsController {
  @Get()
  @MessagePattern('extension.list')
  list() {
    return { extensions: EXTENSIONS };
  }

  @Get(':id')
  @MessagePattern('extension.show')
  show(@Asked() { id }: Ask) {
    const extension = EXTENSIONS.find(({ alias }) => alias === id);
    if (extension === undefined) throw notFound('HTTPNotFound', `Extension with alias ${id} does not exist`);
    return { extension };
  }
}
