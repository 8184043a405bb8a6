import { Bus } from '@l2gw/bus';
import { SYNC_PEER_STATES, SYNC_REFUSALS, SYNC_STRETCH_STATES } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import { SyncReporter } from '../report/sync-reporter.js';
import { Lease } from '../session/lease.js';

/** What remote-sync counts, as Prometheus reads it. Names and labels are stable; each is explained in docs/operations.md. */
@Injectable()
export class SyncMetrics {
  private readonly registry = new Registry();

  constructor(
    private readonly bus: Bus,
    private readonly lease: Lease,
    private readonly reporter: SyncReporter,
  ) {}

  start(): void {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('l2gw_sync_active', '1: this is the active instance', () => Number(this.lease.current !== undefined));
    this.gauge('l2gw_sync_bus_connected', '1: our own bus is there', () => Number(this.bus.connected));
    this.gauge('l2gw_sync_macs_accepted', 'MACs of other clouds that are accepted', () =>
      this.reporter.stretches.reduce((sum, { accepted }) => sum + accepted, 0),
    );
    this.countBy(
      'l2gw_sync_peers',
      'Peers, by their state',
      'state',
      SYNC_PEER_STATES,
      (state) => this.reporter.peerStates.filter((each) => each === state).length,
    );
    this.countBy(
      'l2gw_sync_stretches',
      'Stretches, by their state',
      'state',
      SYNC_STRETCH_STATES,
      (state) => this.reporter.stretches.filter((each) => each.state === state).length,
    );
    this.readLags();
    this.countBy('l2gw_sync_refused', 'What is refused now, by the reason', 'reason', SYNC_REFUSALS, (reason) =>
      this.reporter.stretches.reduce((sum, { refused }) => sum + (refused[reason] ?? 0), 0),
    );
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private readLags(): void {
    const help = 'Age of the latest life sign of a peer when it came, by both clocks';
    const collect = (): void => {
      gauge.reset();
      for (const [peer, seconds] of this.reporter.lags) gauge.set({ peer }, seconds);
    };
    const [name, labelNames] = ['l2gw_sync_lag_seconds', ['peer']];
    const gauge: Gauge = new Gauge({ name, help, labelNames, registers: [this.registry], collect });
  }

  private gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(read()) });
  }

  private countBy<Value extends string>(
    name: string,
    help: string,
    label: string,
    values: readonly Value[],
    count: (value: Value) => number,
  ): void {
    const collect = (): void => values.forEach((value) => gauge.set({ [label]: value }, count(value)));
    const gauge: Gauge = new Gauge({ name, help, labelNames: [label], registers: [this.registry], collect });
  }
}
