import { Log } from '@l2gw/runtime';
import { Bus } from '@l2gw/bus';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CompilingModule } from './compiling/compiling.module.js';
import { ApiConfig } from './config.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { Facts } from './database/facts.js';
import { DiscoveryModule } from './discovery/discovery.module.js';
import { Events } from './events/events.js';
import { EventsModule } from './events/events.module.js';
import { ForwardingModule } from './forwarding/forwarding.module.js';
import { GatewaysModule } from './gateways/gateways.module.js';
import { HealthController } from './health/health.controller.js';
import { FaultFilter } from './http/fault.filter.js';
import { Authenticator, OpenDoor, TokenFile } from './http/authenticator.js';
import { InventoryModule } from './inventory/inventory.module.js';
import { PublishingModule } from './publishing/publishing.module.js';
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
      {
        provide: Authenticator,
        useValue: config.auth.kind === 'none' ? new OpenDoor() : new TokenFile(config.auth.tokens),
      },
      Events,
      Facts,
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
        SwitchesModule,
        CompilingModule,
        PublishingModule,
        EventsModule,
        ForwardingModule,
      ],
    };
  }
}
