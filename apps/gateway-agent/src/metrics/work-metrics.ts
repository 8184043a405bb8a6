import { Injectable } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import { DesiredState } from '../desired/desired-state.js';
import { Loops } from '../reconcile/loops.js';
import { Progress } from '../reconcile/progress.js';
import { Switch } from '../switch/switch.js';

/** How much there is to do, and how much there is: read from the agent's parts when somebody looks. */
@Injectable()
export class WorkMetrics {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
    private readonly progress: Progress,
    private readonly loops: Loops,
  ) {}

  register(registry: Registry): void {
    const { outstanding } = this.progress;
    const gauge = (name: string, help: string, read: () => number): void => {
      const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) });
    };
    gauge('l2gw_agent_macs_waiting', 'MACs that wait to be written', () => outstanding.size);
    gauge(
      'l2gw_agent_macs_waiting_seconds',
      'Wait of the oldest of them',
      () => outstanding.age(performance.now()) / 1000,
    );
    gauge('l2gw_agent_wanted_confirmed', '1: the API has confirmed all that is wanted', () =>
      Number(this.desired.settled),
    );
    gauge('l2gw_agent_wanted_stale', '1: the API gives no sign of life', () => Number(this.desired.stale));
    this.registerDrift(registry);
    this.registerQueue(registry);
    this.registerRows(registry);
  }

  private registerDrift(registry: Registry): void {
    const counter = (name: string, help: string, read: () => number): void => {
      let told = 0;
      const made: Counter = new Counter({
        ...{ name, help, registers: [registry] },
        collect: () => {
          made.inc(read() - told);
          told = read();
        },
      });
    };
    counter('l2gw_agent_drift_total', 'What others have changed of ours', () => this.progress.drift.total);
    counter(
      'l2gw_agent_mac_corrections_total',
      'MACs that were found other than wanted after a change on the switch',
      () => this.loops.corrections,
    );
  }

  private registerQueue(registry: Registry): void {
    const queue: Gauge<'loop'> = new Gauge({
      name: 'l2gw_agent_queue',
      help: 'Keys that are marked, under way, or waiting for another try',
      labelNames: ['loop'],
      registers: [registry],
      collect: () => {
        for (const [loop, size] of Object.entries(this.loops.sizes)) queue.set({ loop }, size);
      },
    });
  }

  private registerRows(registry: Registry): void {
    const rows: Gauge<'table'> = new Gauge({
      name: 'l2gw_agent_rows',
      help: 'Rows in the database of the switch, also those that are not ours',
      labelNames: ['table'],
      registers: [registry],
      collect: () => {
        for (const [table, size] of this.target.sizes()) rows.set({ table }, size);
      },
    });
  }
}
