/** Somebody else who writes to a switch's database: another controller, or an operator with vtep-ctl. */
import type { OvsdbServer } from '../../harness/ovsdb-server.js';
import { logicalSwitchUuid, portUuid, ref } from '../../harness/tor-rows.js';

const ALL: readonly unknown[] = [];

export class ForeignHand {
  constructor(
    private readonly server: OvsdbServer,
    private readonly switchName: string,
  ) {}

  async addLogicalSwitch(name: string, vni?: number): Promise<void> {
    const row = { name, ...(vni === undefined ? {} : { tunnel_key: vni }) };
    await this.server.transact([{ op: 'insert', table: 'Logical_Switch', row }]);
  }

  async deleteLogicalSwitch(name: string): Promise<void> {
    await this.server.transact([{ op: 'delete', table: 'Logical_Switch', where: [['name', '==', name]] }]);
  }

  async updateLogicalSwitch(name: string, row: object): Promise<void> {
    await this.server.transact([{ op: 'update', table: 'Logical_Switch', where: [['name', '==', name]], row }]);
  }

  /** Its `other_config`, as the database has it. */
  async configOf(name: string): Promise<unknown> {
    const where = [['name', '==', name]];
    const [found] = await this.server.transact([
      { op: 'select', table: 'Logical_Switch', where, columns: ['other_config'] },
    ]);
    return found?.rows?.[0]?.['other_config'];
  }

  /** Takes the VLAN, whoever has it. */
  async bind(port: string, vlan: number, logicalSwitch: string): Promise<void> {
    const target = ref(await logicalSwitchUuid(this.server, logicalSwitch));
    await this.mutatePort(port, [
      ['vlan_bindings', 'delete', vlan],
      ['vlan_bindings', 'insert', ['map', [[vlan, target]]]],
    ]);
  }

  async unbind(port: string, vlan: number): Promise<void> {
    await this.mutatePort(port, [['vlan_bindings', 'delete', vlan]]);
  }

  async addRemoteMac(logicalSwitch: string, mac: string, vtep: string): Promise<void> {
    const [known] = await this.ids('Physical_Locator', [
      ['dst_ip', '==', vtep],
      ['tunnel_key', '==', ['set', []]],
    ]);
    const locator = { encapsulation_type: 'vxlan_over_ipv4', dst_ip: vtep };
    const row = {
      MAC: mac,
      logical_switch: ref(await logicalSwitchUuid(this.server, logicalSwitch)),
      locator: known === undefined ? ['named-uuid', 'locator'] : ref(known),
    };
    const insert = { op: 'insert', table: 'Ucast_Macs_Remote', row };
    const insertLocator = { op: 'insert', table: 'Physical_Locator', 'uuid-name': 'locator', row: locator };
    await this.server.transact(known === undefined ? [insertLocator, insert] : [insert]);
  }

  async deleteRemoteMac(mac: string): Promise<void> {
    await this.server.transact([{ op: 'delete', table: 'Ucast_Macs_Remote', where: [['MAC', '==', mac]] }]);
  }

  /** A second flood set for a logical switch. */
  async addFloodRow(logicalSwitch: string, vtep: string): Promise<void> {
    const [locator] = await this.ids('Physical_Locator', [['dst_ip', '==', vtep]]);
    await this.server.transact([
      { op: 'insert', table: 'Physical_Locator_Set', 'uuid-name': 'set', row: { locators: ref(locator ?? '') } },
      {
        op: 'insert',
        table: 'Mcast_Macs_Remote',
        row: {
          MAC: 'unknown-dst',
          logical_switch: ref(await logicalSwitchUuid(this.server, logicalSwitch)),
          locator_set: ['named-uuid', 'set'],
        },
      },
    ]);
  }

  async renamePort(port: string, name: string): Promise<void> {
    const where = [['_uuid', '==', ref(await portUuid(this.server, this.switchName, port))]];
    await this.server.transact([{ op: 'update', table: 'Physical_Port', where, row: { name } }]);
  }

  async renameSwitch(from: string, name: string): Promise<void> {
    await this.server.transact([
      { op: 'update', table: 'Physical_Switch', where: [['name', '==', from]], row: { name } },
    ]);
  }

  /** Row identities, sorted: what was replaced has another one afterwards. */
  async ids(table: string, where: readonly unknown[] = ALL): Promise<readonly string[]> {
    const [found] = await this.server.transact([{ op: 'select', table, where, columns: ['_uuid'] }]);
    return (found?.rows ?? []).map((row) => String((row['_uuid'] as readonly unknown[])[1])).sort();
  }

  private async mutatePort(port: string, mutations: readonly unknown[]): Promise<void> {
    const where = [['_uuid', '==', ref(await portUuid(this.server, this.switchName, port))]];
    await this.server.transact([{ op: 'mutate', table: 'Physical_Port', where, mutations }]);
  }
}
