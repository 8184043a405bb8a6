import type { DatabaseSchema, Replica, Row, Uuid } from '@l2gw/ovsdb';
import { mapOfTexts, textOf, textsOf } from '@l2gw/ovsdb';
import { bindingsOf } from './binding-index.js';
import type { Locator } from './locator.js';
import { locatorOf } from './locator-index.js';
import { logicalSwitchOf, portOf, switchOf } from './row-readers.js';
import { capabilitiesOf } from './selection.js';
import type {
  ActualLogicalSwitch,
  ActualPort,
  ActualTunnel,
  Capabilities,
  FloodRow,
  LocalMacRow,
  Place,
  RemoteMacRow,
  SwitchContents,
  SwitchSelf,
} from './switch-contents.js';
import type { VtepIndex } from './vtep-index.js';

/** Reads rows of the replica as what they mean. Border file: below it there are OVSDB's columns, above it the field's words. */
export class VtepContents implements SwitchContents {
  can: Capabilities = capabilitiesOf(undefined);
  schema = '';

  constructor(
    private readonly replica: Replica,
    private readonly index: VtepIndex,
    private readonly switchNames: readonly string[],
  ) {}

  learnSchema(schema: DatabaseSchema): void {
    this.can = capabilitiesOf(schema);
    this.schema = schema.version;
  }

  switches(): readonly SwitchSelf[] {
    return this.ownRows().map(([name, id, row]) => switchOf(name, id, row));
  }

  ports(): readonly ActualPort[] {
    return this.ownRows().flatMap(([name, , row]) =>
      textsOf(row, 'ports').flatMap((id) => this.read('Physical_Port', id, (_, port) => portOf(id, name, port))),
    );
  }

  networks(): Iterable<string> {
    return this.index.logicalSwitches.ownedNetworks();
  }

  owned(network: string): readonly ActualLogicalSwitch[] {
    const all = [...this.index.logicalSwitches.owned(network)].flatMap((id) =>
      this.read('Logical_Switch', id, logicalSwitchOf),
    );
    if (all.length < 2) return all;
    const rank = (each: ActualLogicalSwitch) => `${each.name === network ? 0 : 1}${each.id}`;
    return all.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  }

  logicalSwitchOf(network: string): Uuid | undefined {
    const [only, ...more] = this.index.logicalSwitches.owned(network);
    return more.length === 0 ? only : this.owned(network)[0]?.id;
  }

  logicalSwitch(id: Uuid): ActualLogicalSwitch | undefined {
    return this.read('Logical_Switch', id, logicalSwitchOf)[0];
  }

  networkOf(id: Uuid): string | undefined {
    return this.index.logicalSwitches.networkOf(id);
  }

  named(name: string): ActualLogicalSwitch | undefined {
    const id = this.index.logicalSwitches.named(name);
    return id === undefined ? undefined : this.logicalSwitch(id);
  }

  withVni(vni: number): readonly ActualLogicalSwitch[] {
    const ids = [...this.index.logicalSwitches.withVni(vni)];
    return ids.flatMap((id) => this.read('Logical_Switch', id, logicalSwitchOf));
  }

  places(logicalSwitch: Uuid): readonly Place[] {
    const places: Place[] = [];
    for (const port of this.index.bindings.portsOf(logicalSwitch)) {
      const bindings = bindingsOf(this.replica.table('Physical_Port').get(port));
      for (const [vlan, target] of bindings) if (target === logicalSwitch) places.push({ port, vlan });
    }
    return places;
  }

  floodRows(logicalSwitch: Uuid): readonly FloodRow[] {
    const ids = [...this.index.floods.get(logicalSwitch)];
    return ids.flatMap((id) => this.read('Mcast_Macs_Remote', id, (_, row) => this.floodRowOf(id, row)));
  }

  /** The MAC is canonical, so the rows need not be read for it. */
  remoteMac(logicalSwitch: Uuid, mac: string): readonly RemoteMacRow[] {
    const ids = this.index.remoteMacs.get(logicalSwitch, mac);
    if (ids.length === 0) return NO_ROWS;
    const table = this.replica.table('Ucast_Macs_Remote');
    const rows: RemoteMacRow[] = [];
    for (const id of ids) {
      const row = table.get(id);
      if (row !== undefined) rows.push(this.remoteMacOf(id, mac, row));
    }
    return rows;
  }

  remoteMacs(logicalSwitch: Uuid): ReturnType<SwitchContents['remoteMacs']> {
    return this.index.remoteMacs.macsOf(logicalSwitch);
  }

  get remoteMacCount(): number {
    return this.replica.table('Ucast_Macs_Remote').size;
  }

  tunnels(): readonly ActualTunnel[] {
    return [...this.replica.table('Tunnel')].map(([id, row]) => ({
      id,
      local: this.locatorIp(row, 'local'),
      remote: this.locator(textOf(row, 'remote') ?? ''),
      params: mapOfTexts(row, 'bfd_params'),
      status: mapOfTexts(row, 'bfd_status'),
    }));
  }

  localMac(id: Uuid): LocalMacRow | undefined {
    return this.read('Ucast_Macs_Local', id, (_, row) => this.localMacOf(id, row))[0];
  }

  *localMacs(): Generator<LocalMacRow> {
    for (const [id, row] of this.replica.table('Ucast_Macs_Local')) yield this.localMacOf(id, row);
  }

  private ownRows(): readonly (readonly [name: string, id: Uuid, row: Row])[] {
    const rows = [...this.replica.table('Physical_Switch')].map(([id, row]) => [textOf(row, 'name'), id, row] as const);
    return this.switchNames.flatMap((name) =>
      rows.flatMap(([found, id, row]) => (found === name ? [[name, id, row] as const] : [])),
    );
  }

  private floodRowOf(id: Uuid, row: Row): FloodRow {
    const set = this.replica.table('Physical_Locator_Set').get(textOf(row, 'locator_set') ?? '');
    const members = set === undefined ? [] : textsOf(set, 'locators');
    return { id, mac: textOf(row, 'MAC') ?? '', locators: members.map((member) => this.locator(member)) };
  }

  private remoteMacOf(id: Uuid, mac: string, row: Row): RemoteMacRow {
    const locator = this.locator(textOf(row, 'locator') ?? '');
    return { id, text: textOf(row, 'MAC') ?? '', mac, locator, ip: textOf(row, 'ipaddr') ?? '' };
  }

  private localMacOf(id: Uuid, row: Row): LocalMacRow {
    const network = this.networkOf(textOf(row, 'logical_switch') ?? '');
    const vtep = this.locatorIp(row, 'locator');
    return { id, network, text: textOf(row, 'MAC') ?? '', vtep, ip: textOf(row, 'ipaddr') ?? '' };
  }

  private locatorIp(row: Row, column: string): string | undefined {
    const locator = this.replica.table('Physical_Locator').get(textOf(row, column) ?? '');
    return locator && textOf(locator, 'dst_ip');
  }

  private locator(id: Uuid): Locator | undefined {
    const row = this.replica.table('Physical_Locator').get(id);
    return row && locatorOf(row);
  }

  /** None or one. */
  private read<Read>(table: string, id: Uuid, as: (id: Uuid, row: Row) => Read): readonly Read[] {
    const row = this.replica.table(table).get(id);
    return row === undefined ? [] : [as(id, row)];
  }
}

const NO_ROWS: readonly RemoteMacRow[] = [];
