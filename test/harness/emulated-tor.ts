/** A top-of-rack switch as far as its database shows: what it does itself, and what an independent witness sees in it. */
import { insertPort, type PhysicalSwitch, writeInventory } from './tor-inventory.js';
import { type OvsdbServer, type OvsdbServerOptions, startOvsdbServer } from './ovsdb-server.js';
import { locatorUuid, logicalSwitchUuid, portUuid, ref } from './tor-rows.js';
import { TorWitness } from './tor-witness.js';

export interface TorOptions extends PhysicalSwitch {
  readonly server?: Omit<OvsdbServerOptions, 'physicalSwitches'>;
}

export interface LocalMac {
  readonly mac: string;
  readonly ip?: string;
}

/** The switch's boot: its database, with itself in the inventory. */
export async function startTor(options: TorOptions): Promise<EmulatedTor> {
  const server = await startOvsdbServer({ ...options.server, physicalSwitches: [options] });
  return new EmulatedTor(server, options);
}

/** Reads come from `vtep-ctl`, which shares no code with us. */
export class EmulatedTor extends TorWitness {
  /** The one its own locator carries. */
  private tunnelIp: string;

  constructor(
    readonly server: OvsdbServer,
    private readonly options: PhysicalSwitch,
  ) {
    super(server, options.name);
    this.tunnelIp = options.tunnelIps[0] ?? '';
  }

  /** A frame came in on a port of this logical switch. */
  learn(logicalSwitch: string, mac: string, ip?: string): Promise<void> {
    return this.learnAll(logicalSwitch, [ip === undefined ? { mac } : { mac, ip }]);
  }

  async learnAll(logicalSwitch: string, macs: readonly LocalMac[]): Promise<void> {
    const target = ref(await logicalSwitchUuid(this.server, logicalSwitch));
    for (let first = 0; first < macs.length; first += ROWS_PER_TRANSACTION) {
      await this.insertLocalMacs(target, macs.slice(first, first + ROWS_PER_TRANSACTION));
    }
  }

  /** The MAC aged out, or its port went down. */
  async forget(logicalSwitch: string, mac: string): Promise<void> {
    const target = ref(await logicalSwitchUuid(this.server, logicalSwitch));
    const where = [
      ['MAC', '==', mac],
      ['logical_switch', '==', target],
    ];
    const [deleted] = await this.server.transact([{ op: 'delete', table: 'Ucast_Macs_Local', where }]);
    if (deleted?.count !== 1) throw new Error(`${this.name} has ${deleted?.count} local rows for ${mac}, not one`);
  }

  /** An empty list clears the fault. */
  async setPortFault(port: string, faults: readonly string[]): Promise<void> {
    await this.updatePort(port, { port_fault_status: ['set', faults] });
  }

  async setSwitchFault(faults: readonly string[]): Promise<void> {
    await this.updateSwitch({ switch_fault_status: ['set', faults] });
  }

  /** The switch makes a tunnel, as many do for every locator that they are given. */
  async addTunnel(remoteIp: string): Promise<void> {
    const local = await locatorUuid(this.server, this.tunnelIp);
    const remote = await locatorUuid(this.server, remoteIp);
    const row = {
      local: local === undefined ? ['named-uuid', 'own_locator'] : ref(local),
      remote: remote === undefined ? ['named-uuid', 'remote_locator'] : ref(remote),
    };
    await this.server.transact([
      ...(local === undefined ? [insertLocator(this.tunnelIp)] : []),
      ...(remote === undefined ? [insertLocator(remoteIp, 'remote_locator')] : []),
      { op: 'insert', table: 'Tunnel', 'uuid-name': 'tunnel', row },
      {
        op: 'mutate',
        table: 'Physical_Switch',
        where: this.own(),
        mutations: [['tunnels', 'insert', ['named-uuid', 'tunnel']]],
      },
    ]);
  }

  /** What BFD on the tunnel has found out. */
  async setTunnelStatus(remoteIp: string, status: Readonly<Record<string, string>>): Promise<void> {
    const remote = ref((await locatorUuid(this.server, remoteIp)) ?? '');
    const row = { bfd_status: ['map', Object.entries(status)] };
    await this.server.transact([{ op: 'update', table: 'Tunnel', where: [['remote', '==', remote]], row }]);
  }

  async setTunnelIps(tunnelIps: readonly string[]): Promise<void> {
    this.tunnelIp = tunnelIps[0] ?? '';
    await this.updateSwitch({ tunnel_ips: ['set', tunnelIps] });
  }

  async addPort(port: string): Promise<void> {
    const mutations = [['ports', 'insert', ['named-uuid', 'port']]];
    const register = { op: 'mutate', table: 'Physical_Switch', where: this.own(), mutations };
    await this.server.transact([insertPort(port, 'port'), register]);
  }

  /** A line card is pulled: the row goes, and everything that was bound on it goes with it. */
  async removePort(port: string): Promise<void> {
    const mutations = [['ports', 'delete', ref(await portUuid(this.server, this.name, port))]];
    await this.server.transact([{ op: 'mutate', table: 'Physical_Switch', where: this.own(), mutations }]);
  }

  /** What the switch does after its database was wiped, or when it comes back to one: it describes itself again, with new row identities. */
  recreateInventory(): Promise<void> {
    return writeInventory(this.server, [this.options]);
  }

  get unixEndpoint(): string {
    return this.server.unixEndpoint;
  }

  get tcpEndpoint(): string {
    return this.server.tcpEndpoint;
  }

  /** A switch of several leaves their database, with its ports and what is bound there. */
  async disappear(): Promise<void> {
    const [found] = await this.server.transact([{ op: 'select', table: 'Physical_Switch', where: this.own() }]);
    const row = (found?.rows?.[0] as { readonly _uuid: readonly string[] }) ?? { _uuid: [] };
    await this.server.transact([
      { op: 'mutate', table: 'Global', where: [], mutations: [['switches', 'delete', row._uuid]] },
    ]);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private async insertLocalMacs(logicalSwitch: readonly string[], macs: readonly LocalMac[]): Promise<void> {
    const existing = await locatorUuid(this.server, this.tunnelIp);
    const locator = existing === undefined ? ['named-uuid', 'own_locator'] : ref(existing);
    const rows = macs.map(({ mac, ip }) => ({
      op: 'insert',
      table: 'Ucast_Macs_Local',
      row: { MAC: mac, logical_switch: logicalSwitch, locator, ipaddr: ip ?? '' },
    }));
    await this.server.transact(existing === undefined ? [insertLocator(this.tunnelIp), ...rows] : rows);
  }

  private async updateSwitch(row: object): Promise<void> {
    await this.server.transact([{ op: 'update', table: 'Physical_Switch', where: this.own(), row }]);
  }

  private async updatePort(port: string, row: object): Promise<void> {
    const where = [['_uuid', '==', ref(await portUuid(this.server, this.name, port))]];
    await this.server.transact([{ op: 'update', table: 'Physical_Port', where, row }]);
  }

  private own(): readonly unknown[] {
    return [['name', '==', this.name]];
  }
}

/** ovsdb-client takes the transaction as one argument of at most 128 KiB. */
const ROWS_PER_TRANSACTION = 300;

function insertLocator(ip: string, name = 'own_locator'): object {
  const row = { encapsulation_type: 'vxlan_over_ipv4', dst_ip: ip };
  return { op: 'insert', table: 'Physical_Locator', 'uuid-name': name, row };
}
