/** A client on a switch's database, as the switch itself or an onlooker would be: sees remote MACs appear, inserts local ones. */
import { Connection, insert, namedUuid, parseEndpoint, uuid } from '@l2gw/ovsdb';
import { eventually } from '../../test/harness/eventually.js';

export async function joinSwitch(endpoint: string, tunnelIp: string): Promise<SwitchSide> {
  const connection = new Connection({
    endpoint: parseEndpoint(endpoint),
    dbName: 'hardware_vtep',
    selection: { Ucast_Macs_Remote: ['MAC'], Logical_Switch: ['name'], Physical_Locator: ['dst_ip'] },
  });
  connection.start();
  await eventually(() => {
    if (connection.live === undefined) throw new Error(`${endpoint} does not answer`);
  });
  return new SwitchSide(connection, tunnelIp);
}

export class SwitchSide {
  private readonly waiting = new Map<string, () => void>();

  constructor(
    private readonly connection: Connection,
    private readonly tunnelIp: string,
  ) {
    connection.replica.onChange(({ changes }) => {
      for (const { table, after } of changes) {
        const mac = table === 'Ucast_Macs_Remote' ? after?.['MAC'] : undefined;
        if (typeof mac === 'string') this.seen(mac);
      }
    });
  }

  /** Rows of remote MACs there are now. */
  get remoteMacs(): number {
    return this.connection.replica.table('Ucast_Macs_Remote').size;
  }

  /** Resolves when a remote row for the MAC comes; ask before it can. */
  appears(mac: string): Promise<void> {
    return new Promise((resolve) => this.waiting.set(mac, resolve));
  }

  /** Inserts a `Ucast_Macs_Local` row, as the switch does when it hears a frame. */
  async learn(logicalSwitch: string, mac: string): Promise<void> {
    const [switchId] = this.find('Logical_Switch', 'name', logicalSwitch);
    const [locatorId] = this.find('Physical_Locator', 'dst_ip', this.tunnelIp);
    if (switchId === undefined) throw new Error(`no logical switch ${logicalSwitch}`);
    const locator = { encapsulation_type: 'vxlan_over_ipv4', dst_ip: this.tunnelIp };
    const row = {
      MAC: mac,
      logical_switch: uuid(switchId),
      locator: locatorId === undefined ? namedUuid('own') : uuid(locatorId),
    };
    const macs = insert('Ucast_Macs_Local', row);
    if (locatorId === undefined)
      await this.connection.transact([insert('Physical_Locator', locator, { name: 'own' }), macs]);
    else await this.connection.transact([macs]);
  }

  stop(): Promise<void> {
    return this.connection.stop();
  }

  private find(table: string, column: string, value: string): string[] {
    return [...this.connection.replica.table(table)].flatMap(([id, row]) => (row[column] === value ? [id] : []));
  }

  private seen(mac: string): void {
    this.waiting.get(mac)?.();
    this.waiting.delete(mac);
  }
}
