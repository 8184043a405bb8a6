import { Log } from '@l2gw/runtime';
import { Bus } from '@l2gw/bus';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditModule } from './audit/audit.module.js';
import { AuditRecorder } from './audit/audit-recorder.js';
import { createAuthenticator } from './auth/create-authenticator.js';
import { CompilingModule } from './compiling/compiling.module.js';
import { ApiConfig } from './config.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { CompilerCall } from './database/compiler-call.js';
import { Facts } from './database/facts.js';
import { DiscoveryModule } from './discovery/discovery.module.js';
import { Events } from './events/events.js';
import { EventsModule } from './events/events.module.js';
import { ForwardingModule } from './forwarding/forwarding.module.js';
import { GatewaysModule } from './gateways/gateways.module.js';
import { HealthController } from './health/health.controller.js';
import { Admission } from './http/admission.js';
import { FaultFilter } from './http/fault.filter.js';
import { Authenticator } from './http/authenticator.js';
import { InventoryModule } from './inventory/inventory.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { RemoteGatewaysModule } from './remote-gateways/remote-gateways.module.js';
import { RemoteMacsModule } from './remote-macs/remote-macs.module.js';
import { QuotasModule } from './quotas/quotas.module.js';
import { SyncModule } from './sync/sync.module.js';
import { SwitchesModule } from './switches/switches.module.js';

/** What was made before the application and outlives it. */
export interface Foundations {
  readonly config: ApiConfig;
  readonly log: Log;
  readonly bus: Bus;
  readonly dataSource: DataSource;
}

@Global()
@Module({})
class FoundationsModule {
  static with({ config, log, bus, dataSource }: Foundations): DynamicModule {
    const providers = [
      { provide: ApiConfig, useValue: config },
      { provide: Log, useValue: log },
      { provide: Bus, useValue: bus },
      { provide: DataSource, useValue: dataSource },
      { provide: Authenticator, useValue: createAuthenticator(config.auth, log) },
      Admission,
      CompilerCall,
      Events,
      Facts,
      AuditRecorder,
      FaultFilter,
    ];
    return { module: FoundationsModule, providers, exports: providers };
  }
}

@Module({ controllers: [HealthController] })
export class ApiModule {
  static with(foundations: Foundations): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        FoundationsModule.with(foundations),
        DiscoveryModule,
        InventoryModule,
        GatewaysModule,
        ConnectionsModule,
        RemoteGatewaysModule,
        RemoteMacsModule,
        SwitchesModule,
        SyncModule,
        CompilingModule,
        PublishingModule,
        AuditModule,
        QuotasModule,
        EventsModule,
        ForwardingModule,
        MetricsModule,
      ],
    };
  }
}
