import { Module } from '@nestjs/common';
import { SwitchesModule } from '../switches/switches.module.js';
import { ExplainController } from './explain.controller.js';
import { ExplainMac } from './explain-mac.js';

/** Who is right about a MAC, and why. */
@Module({ imports: [SwitchesModule], controllers: [ExplainController], providers: [ExplainMac] })
export class ForwardingModule {}
