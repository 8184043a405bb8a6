/** Somebody else's rows in a switch's database: they have to be the same after everything, down to their identities. */
import type { OvsdbServer } from '../harness/ovsdb-server.js';
import { portUuid, ref } from '../harness/tor-rows.js';

const NAME = 'somebody-elses';
const VLAN = 4000;
const PORT = 'Ethernet2';
const VTEP = '203.0.113.9';

export class Strangers {
  private planted: string | undefined;

  constructor(
    private readonly server: OvsdbServer,
    private readonly switchName: string,
  ) {}

  async plant(): Promise<void> {
    const port = await portUuid(this.server, this.switchName, PORT);
    const [logicalSwitch, locator] = [
      ['named-uuid', 'theirs'],
      ['named-uuid', 'locator'],
    ];
    await this.server.transact([
      insert('Logical_Switch', 'theirs', { name: NAME, tunnel_key: 16_000_000, description: 'not yours' }),
      insert('Physical_Locator', 'locator', { encapsulation_type: 'vxlan_over_ipv4', dst_ip: VTEP, tunnel_key: 7 }),
      insert('Physical_Locator_Set', 'set', { locators: locator }),
      insert('Ucast_Macs_Remote', 'ucast', {
        ...{ MAC: '06:00:00:00:00:AA', logical_switch: logicalSwitch, locator, ipaddr: '203.0.113.1' },
      }),
      insert('Mcast_Macs_Remote', 'mcast', {
        ...{ MAC: 'unknown-dst', logical_switch: logicalSwitch, locator_set: ['named-uuid', 'set'] },
      }),
      {
        op: 'mutate',
        table: 'Physical_Port',
        where: [['_uuid', '==', ref(port)]],
        mutations: [['vlan_bindings', 'insert', ['map', [[VLAN, logicalSwitch]]]]],
      },
    ]);
    this.planted = await this.read();
  }

  /** Rejects with what is different. */
  async verify(): Promise<void> {
    const found = await this.read();
    if (found !== this.planted) throw new Error(`somebody else's rows were ${this.planted}, and are ${found}`);
  }

  /** Without `_version`, which every restart of the server changes. */
  private async read(): Promise<string> {
    const [switches] = await this.server.transact([select('Logical_Switch', [['name', '==', NAME]])]);
    const id = switches?.rows?.[0]?.['_uuid'] as readonly [string, string] | undefined;
    if (id === undefined) throw new Error(`somebody else's logical switch has gone from ${this.switchName}`);
    const port = await portUuid(this.server, this.switchName, PORT);
    const bindings = [
      ['_uuid', '==', ref(port)],
      ['vlan_bindings', 'includes', ['map', [[VLAN, id]]]],
    ];
    const others = await this.server.transact([
      select('Physical_Locator', [['dst_ip', '==', VTEP]]),
      select('Ucast_Macs_Remote', [['logical_switch', '==', id]]),
      select('Mcast_Macs_Remote', [['logical_switch', '==', id]]),
      { op: 'select', table: 'Physical_Port', where: bindings, columns: ['name'] },
    ]);
    return JSON.stringify([switches, ...others], (column, value: unknown) =>
      column === '_version' ? undefined : value,
    );
  }
}

function insert(table: string, name: string, row: object): object {
  return { op: 'insert', table, 'uuid-name': name, row };
}

function select(table: string, where: readonly unknown[]): object {
  return { op: 'select', table, where };
}
