import { Bus } from '@l2gw/bus';
import { Log } from '@l2gw/runtime';
import { type DynamicModule, Module } from '@nestjs/common';
import { SyncConfig } from './config.js';
import { HealthController } from './health/health.controller.js';
import { Questions } from './inspect/questions.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { SyncMetrics } from './metrics/sync-metrics.js';
import { Neighbours } from './peers/neighbours.js';
import { Surroundings } from './peers/session.js';
import { SyncReporter } from './report/sync-reporter.js';
import { Lease } from './session/lease.js';
import { LeaseRequest } from './session/lease-request.js';
import { OwnTables } from './tables/own-tables.js';
import { Pushes } from './tables/pushes.js';

/** What was made before the application and outlives it. */
export interface Foundations {
  readonly config: SyncConfig;
  readonly log: Log;
  readonly bus: Bus;
}

@Module({})
export class SyncModule {
  static with({ config, log, bus }: Foundations): DynamicModule {
    return {
      module: SyncModule,
      controllers: config.http === undefined ? [] : [HealthController, MetricsController],
      providers: [
        { provide: SyncConfig, useValue: config },
        { provide: Log, useValue: log },
        { provide: Bus, useValue: bus },
        ...[OwnTables, Pushes, SyncReporter, LeaseRequest, Lease, Neighbours, Questions, SyncMetrics],
        {
          provide: Surroundings,
          inject: [OwnTables, Pushes, SyncReporter],
          useFactory: (tables: OwnTables, pushes: Pushes, reporter: SyncReporter): Surroundings => {
            const { key, secretsDir } = config;
            return { key, secretsDir, bus, tables, pushes, reporter, log };
          },
        },
      ],
    };
  }
}
