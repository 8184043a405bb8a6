import { Bus } from '@l2gw/bus';
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DesiredState } from '../desired/desired-state.js';
import { Switch } from '../switch/switch.js';

/** Whether this agent lives, and whether it can do its work now or could take it over. No secrets, so no authentication. */
@Controller()
export class HealthController {
  constructor(
    private readonly target: Switch,
    private readonly bus: Bus,
    private readonly desired: DesiredState,
  ) {}

  @Get('livez')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('readyz')
  ready(@Res({ passthrough: true }) response: Response): Readonly<Record<string, string | boolean>> {
    const desired = this.desired.settled ? 'confirmed' : this.desired.complete ? 'remembered' : 'unknown';
    const state = { switch: this.target.state.kind, bus: this.bus.connected, desired };
    if (state.switch === 'down' || !state.bus) response.status(503);
    return state;
  }
}
