import { Module } from '@nestjs/common';
import { CompilingModule } from '../compiling/compiling.module.js';
import { SwitchesModule } from '../switches/switches.module.js';
import { ApiMetrics } from './api-metrics.js';
import { MetricsController } from './metrics.controller.js';

/** What Prometheus reads. */
@Module({ imports: [CompilingModule, SwitchesModule], controllers: [MetricsController], providers: [ApiMetrics] })
export class MetricsModule {}
