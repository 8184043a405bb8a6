import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { SyncMetrics } from './sync-metrics.js';

/** Numbers only, and nobody's: no authentication. */
@Controller()
export class MetricsController {
  constructor(private readonly metrics: SyncMetrics) {
    metrics.start();
  }

  @Get('metrics')
  async read(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
