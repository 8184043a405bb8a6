import { Log } from '@l2gw/runtime';
import { Bus } from '@l2gw/bus';
import { type DynamicModule, Module } from '@nestjs/common';
import { Agent } from './agent.js';
import { AgentConfig } from './config.js';
import { DesiredState } from './desired/desired-state.js';
import { DesiredTables } from './desired/desired-tables.js';
import { StateStore } from './desired/state-store.js';
import { HealthController } from './health/health.controller.js';
import { AgentMetrics } from './metrics/agent-metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { WorkMetrics } from './metrics/work-metrics.js';
import { Answers } from './inspect/answers.js';
import { Difference } from './inspect/difference.js';
import { NetworkDifferences } from './inspect/network-differences.js';
import { RecentTransactions } from './inspect/recent-transactions.js';
import { Resync } from './inspect/resync.js';
import { Convergence } from './reconcile/convergence.js';
import { FloodChoice } from './reconcile/flood-choice.js';
import { Loops } from './reconcile/loops.js';
import { MacLoop } from './reconcile/mac-loop.js';
import { MacPlanner } from './reconcile/mac-planner.js';
import { Marking } from './reconcile/marking.js';
import { NetworkLoop } from './reconcile/network-loop.js';
import { NetworkPass } from './reconcile/network-pass.js';
import { NetworkReader } from './reconcile/network-reader.js';
import { Progress } from './reconcile/progress.js';
import { Reconciliation } from './reconcile/reconciliation.js';
import { Sight } from './reconcile/sight.js';
import { TunnelLoop } from './reconcile/tunnel-loop.js';
import { ReportModule } from './report/report.module.js';
import { HardwareVtep } from './switch/hardware-vtep.js';
import { Switch } from './switch/switch.js';

/** What was made before the application and outlives it. */
export interface Foundations {
  readonly config: AgentConfig;
  readonly log: Log;
  readonly bus: Bus;
}

const RECONCILING = [
  ...[Progress, Sight, MacPlanner, MacLoop, NetworkReader, NetworkPass, NetworkLoop],
  ...[TunnelLoop, FloodChoice, Loops, Marking, Convergence, Reconciliation],
];

const INSPECTING = [RecentTransactions, NetworkDifferences, Difference, Resync, Answers];

const METERING = [WorkMetrics, AgentMetrics];

/** One database and what should be in it, and a report module for each of its switches. */
@Module({})
export class AgentModule {
  static with({ config, log, bus }: Foundations): DynamicModule {
    const foundations = [
      { provide: AgentConfig, useValue: config },
      { provide: Log, useValue: log },
      { provide: Bus, useValue: bus },
    ];
    const shared = [
      { provide: Switch, useClass: HardwareVtep },
      ...[StateStore, DesiredTables, DesiredState],
      ...RECONCILING,
      ...INSPECTING,
    ];
    return {
      module: AgentModule,
      global: true,
      imports: config.switchNames.map((name) => ReportModule.of(name, config)),
      controllers: config.http === undefined ? [] : [HealthController, MetricsController],
      providers: [...foundations, ...shared, ...METERING, Agent],
      exports: [AgentConfig, Log, Bus, Switch, DesiredState, Progress, Convergence, Answers],
    };
  }
}
