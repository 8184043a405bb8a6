/** What a switch was told, as `vtep-ctl` reads it from the database: the words of the field, no row identities. */
import type { OvsdbServer } from './ovsdb-server.js';
import { listTables, many, type Row, single } from './vtep-ctl.js';

export interface VlanBinding {
  readonly vlan: number;
  readonly logicalSwitch: string;
  readonly vni: number | undefined;
}

export interface MacEntry {
  readonly mac: string;
  /** For ARP suppression; empty: unknown. */
  readonly ip: string;
  readonly vtepIp: string;
  /** Only where the tunnel key is not that of the logical switch. */
  readonly tunnelKey: number | undefined;
}

export interface LogicalSwitchEntry {
  readonly name: string;
  readonly description: string;
  readonly vni: number | undefined;
  readonly replicationMode: string | undefined;
  readonly otherConfig: Readonly<Record<string, string>>;
}

export class TorWitness {
  constructor(
    private readonly database: OvsdbServer,
    readonly name: string,
  ) {}

  /** In the order of their VLANs. */
  async vlanBindings(port: string): Promise<VlanBinding[]> {
    const { Physical_Port, Logical_Switch, Physical_Switch } = await this.tables([
      'Physical_Switch',
      'Physical_Port',
      'Logical_Switch',
    ] as const);
    const row = this.portRow(port, Physical_Switch, Physical_Port);
    return many(row['vlan_bindings'])
      .map((pair) => bindingOf(pair, Logical_Switch))
      .sort((a, b) => a.vlan - b.vlan);
  }

  /** In the order of their MACs; duplicates are shown, for they are a fault. */
  remoteMacs(logicalSwitch: string): Promise<MacEntry[]> {
    return this.macs('Ucast_Macs_Remote', logicalSwitch);
  }

  localMacs(logicalSwitch: string): Promise<MacEntry[]> {
    return this.macs('Ucast_Macs_Local', logicalSwitch);
  }

  /** VTEP IPs that get broadcast and unknown unicast (`unknown-dst`), as `IP@KEY` with a tunnel key of their own; sorted. Two rows for one logical switch are a fault. */
  async floodSet(logicalSwitch: string): Promise<string[]> {
    const tables = await this.tables([
      'Logical_Switch',
      'Mcast_Macs_Remote',
      'Physical_Locator_Set',
      'Physical_Locator',
    ] as const);
    const id = uuidOf(tables.Logical_Switch, logicalSwitch);
    const rows = tables.Mcast_Macs_Remote.filter((row) => row['logical_switch'] === id && row['MAC'] === 'unknown-dst');
    if (rows.length > 1) throw new Error(`${rows.length} flood sets for ${logicalSwitch} on ${this.name}`);
    const members = many(byUuid(tables.Physical_Locator_Set, rows[0]?.['locator_set'])?.['locators']);
    return members.map((locator) => wayOf(byUuid(tables.Physical_Locator, locator))).sort();
  }

  async logicalSwitches(): Promise<LogicalSwitchEntry[]> {
    const { Logical_Switch } = await this.tables(['Logical_Switch'] as const);
    return Logical_Switch.map(toLogicalSwitch).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async macs(table: 'Ucast_Macs_Remote' | 'Ucast_Macs_Local', logicalSwitch: string): Promise<MacEntry[]> {
    const tables = await this.tables(['Logical_Switch', 'Physical_Locator', table] as const);
    const id = uuidOf(tables.Logical_Switch, logicalSwitch);
    return tables[table]
      .filter((row) => row['logical_switch'] === id)
      .map((row) => toMac(row, byUuid(tables.Physical_Locator, row['locator'])))
      .sort((a, b) => (a.mac < b.mac ? -1 : 1));
  }

  private portRow(port: string, switches: readonly Row[], ports: readonly Row[]): Row {
    const own = many(this.ownRow(switches)['ports']);
    const row = ports.find((each) => each['name'] === port && own.includes(each['_uuid'] ?? ''));
    if (row === undefined) throw new Error(`${this.name} has no port ${port}`);
    return row;
  }

  private ownRow(switches: readonly Row[]): Row {
    const row = switches.find((each) => each['name'] === this.name);
    if (row === undefined) throw new Error(`${this.name} is not in its own database`);
    return row;
  }

  private tables<Table extends string>(names: readonly Table[]): Promise<Record<Table, readonly Row[]>> {
    return listTables(this.database.unixEndpoint, names);
  }
}

function bindingOf(pair: unknown, logicalSwitches: readonly Row[]): VlanBinding {
  const [vlan, target] = pair as [number, string];
  const row = byUuid(logicalSwitches, target);
  return { vlan, logicalSwitch: String(row?.['name']), vni: numberOf(row, 'tunnel_key') };
}

function toMac(row: Row, locator: Row | undefined): MacEntry {
  return {
    mac: String(row['MAC']),
    ip: String(row['ipaddr']),
    vtepIp: String(locator?.['dst_ip']),
    tunnelKey: numberOf(locator, 'tunnel_key'),
  };
}

function wayOf(locator: Row | undefined): string {
  const key = numberOf(locator, 'tunnel_key');
  return `${String(locator?.['dst_ip'])}${key === undefined ? '' : `@${key}`}`;
}

function toLogicalSwitch(row: Row): LogicalSwitchEntry {
  const mode = single(row['replication_mode']);
  return {
    name: String(row['name']),
    description: String(row['description']),
    vni: numberOf(row, 'tunnel_key'),
    replicationMode: mode === undefined ? undefined : String(mode),
    otherConfig: Object.fromEntries(many(row['other_config']) as [string, string][]),
  };
}

function numberOf(row: Row | undefined, column: string): number | undefined {
  const value = single(row?.[column]);
  return typeof value === 'number' ? value : undefined;
}

function uuidOf(rows: readonly Row[], name: string): string | undefined {
  const row = rows.find((each) => each['name'] === name);
  return row && String(row['_uuid']);
}

function byUuid(rows: readonly Row[], uuid: unknown): Row | undefined {
  return rows.find((row) => row['_uuid'] === uuid);
}
