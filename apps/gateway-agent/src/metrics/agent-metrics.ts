import { Bus } from '@l2gw/bus';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Switch, type SwitchState } from '../switch/switch.js';
import type { TransactionReport } from '../switch/transaction-report.js';
import { WorkMetrics } from './work-metrics.js';

/** From a transaction on a switch nearby to one that is about to time out. */
const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30];

/** What the agent counts and measures, as Prometheus reads it. Names and labels are stable; each is explained in docs/operations.md. */
@Injectable()
export class AgentMetrics {
  private readonly registry = new Registry();
  private readonly transactions = this.histogram('l2gw_agent_transaction_seconds', 'Transactions, until answered');
  private readonly operations = this.counter('l2gw_agent_operations_total', 'Operations sent', ['op', 'table']);
  private readonly errors = this.counter('l2gw_agent_transaction_errors_total', 'Transactions that failed', ['code']);
  private readonly ended = this.counter('l2gw_agent_sessions_ended_total', 'Sessions with the switch that ended', []);
  private wasUp = false;

  constructor(
    private readonly target: Switch,
    private readonly bus: Bus,
    private readonly work: WorkMetrics,
  ) {}

  start(): void {
    collectDefaultMetrics({ register: this.registry });
    this.work.register(this.registry);
    this.target.onTransaction((report) => this.count(report));
    this.target.onState((state) => this.become(state));
    this.gauge('l2gw_agent_session', '1: there is a session with the switch', () => this.is('active', 'standby'));
    this.gauge('l2gw_agent_lock_held', '1: this is the active agent', () => this.is('active'));
    this.gauge('l2gw_agent_bus_connected', '1: the bus is there', () => Number(this.bus.connected));
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private is(...kinds: readonly SwitchState['kind'][]): number {
    return Number(kinds.includes(this.target.state.kind));
  }

  private become({ kind }: SwitchState): void {
    if (kind === 'down' && this.wasUp) this.ended.inc();
    this.wasUp = kind !== 'down';
  }

  private count({ durationMs, operations, error }: TransactionReport): void {
    this.transactions.observe(durationMs / 1000);
    for (const { op, table, count } of operations) this.operations.inc({ op, table }, count);
    if (error !== undefined) this.errors.inc({ code: error.code });
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(read()) });
  }

  private counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets: SECONDS, registers: [this.registry] });
  }
}
