import { Bus } from '@l2gw/bus';
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Lease } from '../session/lease.js';
import { OwnTables } from '../tables/own-tables.js';

/** Whether this instance lives, and whether it does its work now or could take it over. No secrets, so no authentication. */
@Controller()
export class HealthController {
  constructor(
    private readonly bus: Bus,
    private readonly lease: Lease,
    private readonly tables: OwnTables,
  ) {}

  @Get('livez')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('readyz')
  ready(@Res({ passthrough: true }) response: Response): Readonly<Record<string, string | boolean>> {
    const role = this.lease.current === undefined ? 'standby' : 'active';
    const state = { bus: this.bus.connected, role, peers: this.tables.sync.complete ? 'known' : 'unknown' };
    if (!state.bus || !this.tables.sync.complete) response.status(503);
    return state;
  }
}
