import { Bus } from '@l2gw/bus';
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';

/** Whether this replica lives, and whether it can do its work now. No secrets, so no authentication. */
@Controller()
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: Bus,
  ) {}

  @Get('livez')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readonly<Record<string, boolean>>> {
    const state = { database: await this.databaseAnswers(), bus: this.bus.connected };
    if (!state.database || !state.bus) response.status(503);
    return state;
  }

  private async databaseAnswers(): Promise<boolean> {
    const limit = new Promise<false>((resolve) => setTimeout(resolve, 2000, false).unref());
    const answer = this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    return Promise.race([answer, limit]);
  }
}
