import { Get } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { NeutronController } from '../http/neutron.controller.js';
import { ExplainMac } from './explain-mac.js';
import { readExplainQuery } from './explain-query.js';

@NeutronController('l2-explain')
export class ExplainController {
  constructor(private readonly explainMac: ExplainMac) {}

  @Get()
  @MessagePattern('forwarding.explain')
  explain(@Asked() { query }: Ask) {
    return this.explainMac.run(readExplainQuery(query));
  }
}
