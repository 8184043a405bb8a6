import { Bus } from '@l2gw/bus';
import { Injectable } from '@nestjs/common';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import { DataSource } from 'typeorm';
import { Compiler } from '../compiling/compiler.js';
import { poolOf } from '../database/pool.js';
import { AgentLife } from '../switches/agent-life.js';
import { CompilerMetrics } from './compiler-metrics.js';
import { RequestMetrics } from './request-metrics.js';

/** What a replica of the API counts and measures, as Prometheus reads it. Names and labels are stable; see docs/operations.md. */
@Injectable()
export class ApiMetrics {
  readonly requests: RequestMetrics;
  private readonly registry = new Registry();

  constructor(
    private readonly bus: Bus,
    private readonly dataSource: DataSource,
    private readonly life: AgentLife,
    compiler: Compiler,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.requests = new RequestMetrics(this.registry);
    new CompilerMetrics(this.registry, compiler);
    this.register();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private register(): void {
    this.gauge('l2gw_api_agents_alive', 'Agents heard within 30 s', () => this.life.alive);
    this.gauge('l2gw_api_bus_connected', '1: the bus is there', () => Number(this.bus.connected));
    this.gauge('l2gw_api_pool_connections', 'Connections to PostgreSQL', () => poolOf(this.dataSource).totalCount);
    this.gauge('l2gw_api_pool_idle', 'Those that do nothing', () => poolOf(this.dataSource).idleCount);
    this.gauge('l2gw_api_pool_waiting', 'Requests that wait for one', () => poolOf(this.dataSource).waitingCount);
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(read()) });
  }
}
