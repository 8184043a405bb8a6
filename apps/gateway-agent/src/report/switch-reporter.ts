import { Injectable } from '@nestjs/common';
import { reportTable } from '@l2gw/contracts';
import { AgentConfig } from '../config.js';
import type { SwitchChange } from '../switch/switch-change.js';
import { Switch } from '../switch/switch.js';
import { PushedTables } from './pushed-tables.js';
import { reportPort, reportSwitch } from './switch-report.js';

/** Tells of the switch itself and of its ports. */
@Injectable()
export class SwitchReporter {
  private ports = new Set<string>();

  constructor(
    private readonly config: AgentConfig,
    private readonly target: Switch,
    private readonly tables: PushedTables,
  ) {}

  /** Everything, for instance because the agent has just become active. */
  all(): void {
    this.self();
    this.allPorts();
  }

  self(): void {
    const { contents, state } = this.target;
    const row = reportSwitch(this.config.switchName, state, contents.self(), contents.schema);
    this.tables.report.put(reportTable.switchKey, row);
  }

  changed({ self, ports, portNames, strangers }: SwitchChange): void {
    if (self) this.self();
    if (self || portNames.size > 0 || strangers.length > 0) this.allPorts();
    else if (ports.size > 0) this.somePorts(ports);
  }

  private allPorts(): void {
    const ports = this.target.contents.ports();
    const names = new Set(ports.map((port) => port.name));
    for (const name of this.ports) if (!names.has(name)) this.tables.report.drop(reportTable.portKey(name));
    this.ports = names;
    this.somePorts(new Set(ports.map((port) => port.id)));
  }

  private somePorts(ids: ReadonlySet<string>): void {
    const { contents } = this.target;
    for (const port of contents.ports()) {
      if (ids.has(port.id)) this.tables.report.put(reportTable.portKey(port.name), reportPort(port, contents));
    }
  }
}
