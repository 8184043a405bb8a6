/** ovn-controller-vtep between a southbound database and that of a switch, with ports of OVN on twenty chassis. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Connection, type Insert, insert, mapOf, parseEndpoint, type Uuid, uuid } from '@l2gw/ovsdb';
import { cacheDirectory, optionalTool } from '../../test/harness/binaries.js';
import type { EmulatedTor } from '../../test/harness/emulated-tor.js';
import { eventually } from '../../test/harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../../test/harness/ovsdb-server.js';
import { type ServerProcess, startProcess } from '../../test/harness/process.js';
import { startSwitch, VTEPS } from './agent-world.js';
import { macOf } from './world.js';

const LOGICAL_SWITCH = 'network';
const VLAN = 100;
/** The first tunnel key is that of the switch's own port. */
const FIRST_KEY = 2;
const ROWS_PER_TRANSACTION = 500;

export interface Ovn {
  readonly controller: string;
  readonly schema: string;
}

/** Debian has the program in ovn-controller-vtep and the schema in ovn-central; answers nothing unless both are here. */
export function findOvn(): Ovn | undefined {
  const controller = optionalTool('ovn-controller-vtep');
  const schema = ['/usr/share/ovn', join(cacheDirectory, 'servers/usr/share/ovn')]
    .map((folder) => join(folder, 'ovn-sb.ovsschema'))
    .find((path) => existsSync(path));
  return controller === undefined || schema === undefined ? undefined : { controller, schema };
}

/** Resolves when the controller has made the switch a chassis; no port of OVN is on it yet. */
export async function startOvnWorld(ovn: Ovn): Promise<OvnWorld> {
  const tor = await startSwitch();
  const southbound = await startOvsdbServer({ schema: ovn.schema, tcp: false });
  await bindVlan(tor);
  const controller = await startController(ovn.controller, tor, southbound);
  const world = new OvnWorld(tor, southbound, controller);
  try {
    await world.start();
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}

export class OvnWorld {
  private readonly connection: Connection;
  private readonly datapath = randomUUID() as Uuid;
  private readonly chassis = VTEPS.map(() => randomUUID() as Uuid);

  constructor(
    readonly tor: EmulatedTor,
    private readonly southbound: OvsdbServer,
    private readonly controller: ServerProcess,
  ) {
    this.connection = new Connection({
      endpoint: parseEndpoint(southbound.unixEndpoint),
      dbName: 'OVN_Southbound',
      selection: { Chassis: ['name'] },
    });
  }

  async start(): Promise<void> {
    this.connection.start();
    await eventually(() => {
      const names = [...(this.connection.live ? this.connection.replica.table('Chassis').values() : [])];
      if (names.some(({ name }) => name === this.tor.name)) return;
      throw new Error(`ovn-controller-vtep made no chassis of the switch: ${this.controller.output}`);
    });
    await this.connection.transact([
      insert('Datapath_Binding', { tunnel_key: 5000 }, { uuid: this.datapath }),
      ...this.chassis.flatMap((id, index) => insertChassis(id, index)),
    ]);
  }

  /** Ports with a MAC each on the twenty chassis, as ovn-northd and ovn-controller would write them. */
  async place(count: number): Promise<void> {
    for (let first = 0; first < count; first += ROWS_PER_TRANSACTION) {
      const some = Math.min(ROWS_PER_TRANSACTION, count - first);
      await this.connection.transact(Array.from({ length: some }, (_, n) => this.insertPort(first + n)));
    }
  }

  /** One more port, with the MAC of this number. */
  async add(index: number): Promise<void> {
    await this.connection.transact([this.insertPort(index)]);
  }

  /** From now on the switch belongs to the network. */
  async bind(): Promise<void> {
    const options = mapOf([
      ['vtep-physical-switch', this.tor.name],
      ['vtep-logical-switch', LOGICAL_SWITCH],
    ]);
    const row = { logical_port: 'switch', type: 'vtep', datapath: uuid(this.datapath), tunnel_key: 1, options };
    await this.connection.transact([insert('Port_Binding', row)]);
  }

  async stop(): Promise<void> {
    await this.connection.stop();
    await this.controller.kill(); // asked to end, it would empty the switch first
    await Promise.all([this.southbound.stop(), this.tor.stop()]);
  }

  private insertPort(index: number): Insert {
    return insert('Port_Binding', {
      logical_port: `port-${index}`,
      datapath: uuid(this.datapath),
      tunnel_key: FIRST_KEY + index,
      chassis: uuid(this.chassis[index % this.chassis.length] ?? ''),
      mac: `${macOf(index)} 10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    });
  }
}

/** It keeps its pid and control socket in a folder of ours, which goes with the southbound database. */
function startController(command: string, tor: EmulatedTor, southbound: OvsdbServer): Promise<ServerProcess> {
  return startProcess({
    name: 'ovn-controller-vtep',
    command,
    args: [`--vtep-db=${tor.unixEndpoint}`, `--ovnsb-db=${southbound.unixEndpoint}`, '-vconsole:warn', '-vsyslog:off'],
    env: { OVN_RUNDIR: southbound.dir, OVS_RUNDIR: southbound.dir },
  });
}

/** What the operator does with vtep-ctl before OVN can take the logical switch. */
async function bindVlan(tor: EmulatedTor): Promise<void> {
  await tor.server.transact([
    { op: 'insert', table: 'Logical_Switch', 'uuid-name': 'network', row: { name: LOGICAL_SWITCH } },
    {
      op: 'mutate',
      table: 'Physical_Port',
      where: [['name', '==', 'Ethernet1']],
      mutations: [['vlan_bindings', 'insert', ['map', [[VLAN, ['named-uuid', 'network']]]]]],
    },
  ]);
}

function insertChassis(id: Uuid, index: number): readonly Insert[] {
  const name = `host-${index + 1}`;
  const encap = randomUUID() as Uuid;
  return [
    insert('Encap', { type: 'vxlan', ip: VTEPS[index] ?? '', chassis_name: name }, { uuid: encap }),
    insert('Chassis', { name, encaps: uuid(encap) }, { uuid: id }),
  ];
}
