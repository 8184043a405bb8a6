/** Whatever happens, and in whatever order: afterwards the switch holds exactly what is wanted. */
import { networkTable } from '@l2gw/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../harness/eventually.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { type AgentWorld, type Place, startAgentWorld, type Wanted } from './support/agent-world.js';

const NETWORKS = [1, 2, 3].map((n) => `6b0c1f5e-0000-4000-8000-00000000000${n}`);
const PORTS = ['Ethernet1', 'Ethernet2', 'Ethernet3', 'Ethernet4'];
const SEEDS = process.env['CHAOS_SEEDS']?.split(',').map(Number) ?? [1, 2, 3];
const STEPS = 60;

/** A small linear congruential generator: one seed, one story. */
function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What is wanted, and everything that can happen to it. */
class Chaos {
  readonly wanted = new Map<string, Wanted>();
  readonly macs = new Map<string, Map<string, Place>>(NETWORKS.map((network) => [network, new Map()]));
  readonly floods = new Map<string, Set<string>>(NETWORKS.map((network) => [network, new Set()]));
  private readonly chance: (below: number) => number;

  constructor(
    private readonly world: AgentWorld,
    private readonly proxy: TcpProxy,
    seed: number,
  ) {
    this.chance = chanceFrom(seed);
  }

  async step(): Promise<void> {
    const network = this.oneOf(NETWORKS);
    const kind = this.chance(20);
    if (kind < 4) this.want(network);
    else if (kind < 5) this.unwant(network);
    else if (kind < 11) this.move(network);
    else if (kind < 14) this.flood(network);
    else if (kind < 18)
      await this.meddle(network).catch(() => undefined); // there is nothing to meddle with
    else if (kind < 19) this.proxy.cut();
    else await this.world.tor.server.restart();
    await pause(this.chance(15));
  }

  /** Every port has VLANs of its own for each network, so that no two want the same place. */
  private want(network: string): void {
    const index = NETWORKS.indexOf(network);
    const ports = PORTS.filter(() => this.chance(2) === 0);
    const bindings = (ports.length === 0 ? PORTS.slice(0, 1) : ports).map((port) => ({ port, vlan: 100 + index }));
    const wanted = { vni: 5000 + index * 10 + this.chance(5), name: `name ${this.chance(3)}`, bindings };
    this.wanted.set(network, wanted);
    this.world.want(network, wanted);
  }

  private unwant(network: string): void {
    this.wanted.delete(network);
    this.world.want(network, undefined);
  }

  private move(network: string): void {
    const macs = this.macs.get(network) ?? new Map<string, Place>();
    const changes: Record<string, Place | undefined> = {};
    for (let count = 1 + this.chance(30); count > 0; count -= 1) {
      const mac = `02:00:00:00:00:${this.chance(60).toString(16).padStart(2, '0')}`;
      const place =
        this.chance(4) === 0
          ? undefined
          : { vtep: this.vtep(), ips: this.chance(2) === 0 ? [] : [`10.1.0.${this.chance(5)}`] };
      changes[mac] = place;
      if (place) macs.set(mac, place);
      else macs.delete(mac);
    }
    this.world.place(network, changes);
  }

  private flood(network: string): void {
    const vtep = this.vtep();
    const members = this.floods.get(network) ?? new Set();
    if (members.delete(vtep)) return this.world.flood(network, [], [vtep]);
    members.add(vtep);
    this.world.flood(network, [vtep]);
  }

  private async meddle(network: string): Promise<void> {
    const { foreigner } = this.world;
    const mac = `02:00:00:00:00:${this.chance(60).toString(16).padStart(2, '0')}`;
    const deeds = [
      () => foreigner.deleteRemoteMac(mac),
      () => foreigner.addRemoteMac(network, mac, this.vtep()),
      () => foreigner.updateLogicalSwitch(network, { tunnel_key: 1 + this.chance(9) }),
      () => foreigner.updateLogicalSwitch(network, { name: 'x' }),
      () => foreigner.unbind(this.oneOf(PORTS), 100 + this.chance(3)),
      () => foreigner.addFloodRow(network, this.vtep()),
    ];
    await this.oneOf(deeds)();
  }

  private vtep(): string {
    return `192.0.2.${1 + this.chance(6)}`;
  }

  private oneOf<Item>(items: readonly Item[]): Item {
    const item = items[this.chance(items.length)];
    if (item === undefined) throw new RangeError('there is nothing to choose from');
    return item;
  }
}

describe.each(SEEDS)('After a random story (%i)', (seed) => {
  let world: AgentWorld;
  let proxy: TcpProxy;
  let chaos: Chaos;

  beforeAll(async () => {
    world = await startAgentWorld();
    proxy = await startTcpProxy({ port: world.tor.server.tcpPort });
    for (const network of NETWORKS) world.write(networkTable.table(network), []);
    chaos = new Chaos(world, proxy, seed);
    await world.startConverged(`tcp:127.0.0.1:${proxy.port}`);
    for (let step = 0; step < STEPS; step += 1) await chaos.step();
  });
  afterAll(async () => {
    await proxy?.stop();
    await world?.stop();
  });

  it('the switch holds exactly what is wanted', async () => {
    await eventually(async () => expect(await actual(world)).toEqual(desired(chaos)));
    for (const [network, wanted] of chaos.wanted) await world.applied(network, wanted);
  });

  it('and nothing is left when nothing is wanted', async () => {
    for (const network of NETWORKS) world.want(network, undefined);
    await eventually(async () => {
      for (const table of LEFT_EMPTY) expect([table, await world.foreigner.ids(table)]).toEqual([table, []]);
    });
    for (const port of PORTS) expect(await world.tor.vlanBindings(port)).toEqual([]);
  });
});

const LEFT_EMPTY = [
  'Logical_Switch',
  'Ucast_Macs_Remote',
  'Mcast_Macs_Remote',
  'Physical_Locator_Set',
  'Physical_Locator',
];

function desired({ wanted, macs, floods }: Chaos): unknown {
  return [...wanted].sort().map(([network, { vni, name, bindings }]) => ({
    network,
    vni,
    name,
    ports: bindings.map(({ port }) => port).sort(),
    macs: [...(macs.get(network) ?? [])].map(([mac, { vtep, ips = [] }]) => [mac, vtep, ips[0] ?? '']).sort(),
    flood: [...(floods.get(network) ?? [])].sort(),
  }));
}

async function actual({ tor }: AgentWorld): Promise<unknown> {
  const bindings = await Promise.all(PORTS.map(async (port) => ({ port, bound: await tor.vlanBindings(port) })));
  const found = (await tor.logicalSwitches()).map(async ({ name: network, description, vni }) => ({
    network,
    vni,
    name: description,
    ports: bindings.filter(({ bound }) => bound.some((each) => each.logicalSwitch === network)).map(({ port }) => port),
    macs: (await tor.remoteMacs(network)).map(({ mac, vtepIp, ip }) => [mac, vtepIp, ip]),
    flood: await tor.floodSet(network),
  }));
  return Promise.all(found);
}
