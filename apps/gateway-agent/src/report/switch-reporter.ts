import { Injectable } from '@nestjs/common';
import { reportTable } from '@l2gw/contracts';
import type { SwitchChange } from '../switch/switch-change.js';
import { Switch } from '../switch/switch.js';
import { PushedTables } from './pushed-tables.js';
import { reportPort, reportState, reportSwitch, reportTunnels } from './switch-report.js';
import { ReportedSwitch } from './reported-switch.js';
import { HOLD_MS } from './hold.js';
import { isOf } from './is-of.js';
import type { ActualPort, SwitchSelf } from '../switch/switch-contents.js';

/** Tells of the switch itself, of its ports and of its tunnels. */
@Injectable()
export class SwitchReporter {
  private ports = new Set<string>();
  private remotes = new Set<string>();
  private usedTunnelIp: string | undefined;
  /** As it was last seen. */
  private remembered: SwitchSelf | undefined;
  private forgetting: NodeJS.Timeout | undefined;

  constructor(
    private readonly reported: ReportedSwitch,
    private readonly target: Switch,
    private readonly tables: PushedTables,
  ) {}

  /** Everything, for instance because the agent has just become active. */
  all(): void {
    this.usedTunnelIp = this.usedAmongMany();
    this.self();
    this.allPorts();
    this.tunnels();
  }

  self(): void {
    const { contents, state } = this.target;
    const self = this.row();
    const known = this.remembering(self);
    if (!known?.tunnelIps.includes(this.usedTunnelIp ?? '')) this.usedTunnelIp = this.usedAmongMany();
    const said = reportState(state, self);
    const row = reportSwitch(this.reported.name, said, known, contents.schema, this.usedTunnelIp);
    this.tables.report.put(reportTable.switchKey, row);
  }

  /** A switch that is missing from its database has probably been reset, and will be what it was in a moment. */
  private remembering(self: SwitchSelf | undefined): SwitchSelf | undefined {
    if (self !== undefined) {
      clearTimeout(this.forgetting);
      this.forgetting = undefined;
      this.remembered = self;
    } else if (this.remembered !== undefined) {
      this.forgetting ??= setTimeout(() => this.forget(), HOLD_MS).unref();
    }
    return this.remembered;
  }

  private forget(): void {
    this.forgetting = undefined;
    this.remembered = undefined;
    this.self();
  }

  changed({ self, ports, portNames, strangers, tunnels, localMacs }: SwitchChange): void {
    if (self || (this.isUndecided() && localMacs.length > 0)) this.self();
    if (self || portNames.size > 0 || strangers.length > 0) this.allPorts();
    else if (ports.size > 0) this.somePorts(ports);
    if (tunnels) this.tunnels();
  }

  private row(): SwitchSelf | undefined {
    return this.target.contents.switches().find(({ name }) => name === this.reported.name);
  }

  private ownPorts(): readonly ActualPort[] {
    return this.target.contents.ports().filter((port) => port.switch === this.reported.name);
  }

  private isOurs(tunnelIp: string | undefined): boolean {
    return isOf(this.reported, tunnelIp, this.target.contents.switches());
  }

  private isUndecided(): boolean {
    return this.usedTunnelIp === undefined && (this.row()?.tunnelIps.length ?? 0) > 1;
  }

  /** The tunnel IP that the switch's own rows point to; the first, if it uses several. */
  private usedAmongMany(): string | undefined {
    const { contents } = this.target;
    const own = this.row()?.tunnelIps ?? [];
    if (own.length < 2) return undefined;
    const used = new Set<string>();
    for (const { vtep } of contents.localMacs()) if (vtep !== undefined && own.includes(vtep)) used.add(vtep);
    return [...used].sort()[0];
  }

  private tunnels(): void {
    const rows = reportTunnels(this.target.contents.tunnels().filter(({ local }) => this.isOurs(local)));
    for (const remote of this.remotes) if (!rows.has(remote)) this.tables.report.drop(reportTable.tunnelKey(remote));
    this.remotes = new Set(rows.keys());
    for (const [remote, row] of rows) this.tables.report.put(reportTable.tunnelKey(remote), row);
  }

  private allPorts(): void {
    const ports = this.ownPorts();
    const names = new Set(ports.map((port) => port.name));
    for (const name of this.ports) if (!names.has(name)) this.tables.report.drop(reportTable.portKey(name));
    this.ports = names;
    this.somePorts(new Set(ports.map((port) => port.id)));
  }

  private somePorts(ids: ReadonlySet<string>): void {
    const { contents } = this.target;
    for (const port of this.ownPorts()) {
      if (ids.has(port.id)) this.tables.report.put(reportTable.portKey(port.name), reportPort(port, contents));
    }
  }
}
