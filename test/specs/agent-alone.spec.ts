/** The control plane is away: the agent keeps its switch as it was last wanted, and takes nothing away. */
import { networkTable, switchTable } from '@l2gw/contracts';
import { appendFile, readdir, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../harness/eventually.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';
import { type AgentWorld, type RunningAgent, startAgentWorld } from './support/agent-world.js';
import { expectW1, M1, M2, N1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

const M3 = '02:00:00:00:00:0c';

describe('An agent that remembers what is wanted', () => {
  let world: AgentWorld;
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await temporaryDirectory('state');
    world = await startAgentWorld();
  });
  afterEach(async () => {
    await world.stop();
    await removeDirectory(stateDir);
  });

  describe('While the bus and the API are away', () => {
    const start = (settings: object = {}): Promise<RunningAgent> =>
      world.startAgent(undefined, undefined, { stateDir, ...settings });
    const remembered = async (table: string) => {
      const path = join(stateDir, world.client, `${encodeURIComponent(table)}.state`);
      return { path, text: await readFile(path, 'utf8') };
    };
    /** A first agent has done its work and remembers it; then it and everybody else goes. */
    const alone = async () => {
      const first = await world.startConverged(undefined, undefined, { stateDir });
      await wantW1(world);
      await first.stop();
      expect((await remembered(networkTable.table(N1))).text).toContain(M2);
      world.silence();
      await world.nats.kill();
    };
    const back = async () => {
      await world.nats.restart();
      world.answer();
    };
    const holdsW1 = () => eventually(() => expectW1(world));

    it('an agent that starts then changes nothing on a switch that is as it was wanted', async () => {
      await alone();
      const dump = await world.tor.server.dump();
      const writes = await world.watchWrites();
      const agent = await start();
      await eventually(() => expect(agent.saw('switch-active')).toBe(true));
      expect(agent.events).toContainEqual(expect.objectContaining({ event: 'state-recalled', tables: 2 }));
      await world.foreigner.deleteRemoteMac(M1); // whoever restores this one has looked at everything else
      await holdsW1();
      expect(writes.seen.filter((each) => each.startsWith('Ucast_Macs_Remote'))).toHaveLength(2);
      expect(writes.seen.filter((each) => !/^(Ucast_Macs_Remote|Physical_Locator) /.test(each))).toEqual([]);
      expect((await world.tor.server.dump()).length).toBe(dump.length);
    });

    it('a switch that lost its database is filled again', async () => {
      await alone();
      await start();
      await world.tor.server.wipe();
      await world.tor.recreateInventory();
      await holdsW1();
    });

    it('a port that is pulled and plugged in again gets its VLAN back', async () => {
      await alone();
      await start();
      await world.tor.removePort('Ethernet1');
      await world.tor.addPort('Ethernet1');
      await holdsW1();
    });

    it('nothing that is there goes or becomes another, and what was changed meanwhile is made good when the API is back', async () => {
      await alone();
      world.place(N1, { [M1]: undefined, [M2]: { vtep: VTEP_1 }, [M3]: { vtep: VTEP_2 } });
      world.want(N1, { ...W1, vni: 5002 });
      await world.foreigner.addRemoteMac(N1, '02:00:00:00:00:99', VTEP_1);
      const before = await world.tor.remoteMacs(N1);
      const agent = await start();
      await eventually(() => expect(agent.saw('switch-active')).toBe(true));
      await world.foreigner.unbind('Ethernet1', 100);
      await eventually(async () => expect(await world.tor.vlanBindings('Ethernet1')).toHaveLength(1));
      expect(await world.tor.remoteMacs(N1)).toEqual(before);
      expect(await world.tor.logicalSwitches()).toMatchObject([{ vni: 5001 }]);
      await back();
      await eventually(async () =>
        expect(await world.tor.remoteMacs(N1)).toMatchObject([
          { mac: M2, vtepIp: VTEP_1 },
          { mac: M3, vtepIp: VTEP_2 },
        ]),
      );
      await eventually(async () => expect(await world.tor.logicalSwitches()).toMatchObject([{ vni: 5002 }]));
      await world.applied(N1, { ...W1, vni: 5002 });
    });

    it('the same, if the API vouches for the network first, and for the switch later', async () => {
      await alone();
      world.place(N1, { [M1]: undefined, [M2]: { vtep: VTEP_1 }, [M3]: { vtep: VTEP_2 } });
      world.refused.add(switchTable.table(world.client));
      await start();
      await back();
      const added = expect.objectContaining({ mac: M3, vtepIp: VTEP_2 });
      await eventually(async () => expect(await world.tor.remoteMacs(N1)).toContainEqual(added));
      expect(await world.tor.remoteMacs(N1)).toHaveLength(3);
      world.refused.clear();
      await eventually(async () =>
        expect(await world.tor.remoteMacs(N1)).toMatchObject([
          { mac: M2, vtepIp: VTEP_1 },
          { mac: M3, vtepIp: VTEP_2 },
        ]),
      );
    });

    it('a network that was disconnected meanwhile stays until the API says so', async () => {
      await alone();
      world.want(N1, undefined);
      const agent = await start({ leftoverGraceMs: 3_600_000 });
      await eventually(() => expect(agent.saw('switch-active')).toBe(true));
      await world.foreigner.deleteRemoteMac(M1);
      await holdsW1();
      await back();
      await eventually(async () => expect(await world.tor.logicalSwitches()).toEqual([]));
      await eventually(async () => expect(await readdir(join(stateDir, world.client))).toHaveLength(1));
    });

    it('an agent that remembers nothing leaves everything as it is', async () => {
      await alone();
      const writes = await world.watchWrites();
      const agent = await world.startAgent();
      await eventually(() => expect(agent.saw('switch-active')).toBe(true));
      await world.foreigner.deleteRemoteMac(M1);
      await eventually(() => expect(writes.seen).toHaveLength(1));
      await back();
      await world.applied(N1, W1);
      await holdsW1();
    });

    it.each([
      ['cut off', (path: string) => truncate(path, 100)],
      ['damaged', (path: string) => appendFile(path, 'x')],
    ])('a file that was %s is named and not used; the rest is', async (_, damage) => {
      await alone();
      const { path } = await remembered(networkTable.table(N1));
      await damage(path);
      const agent = await start();
      await eventually(() => expect(agent.saw('switch-active')).toBe(true));
      expect(agent.events).toContainEqual(expect.objectContaining({ event: 'state-not-read', file: path }));
      await expectW1(world);
      await back();
      await world.applied(N1, W1);
      await expectW1(world);
    });
  });

  describe('What an agent remembers', () => {
    it('is for its eyes only, follows what is wanted, and goes with the network', async () => {
      await world.startConverged(undefined, undefined, { stateDir });
      await wantW1(world);
      const file = (table: string) => join(stateDir, world.client, `${encodeURIComponent(table)}.state`);
      await eventually(async () => expect(await readFile(file(networkTable.table(N1)), 'utf8')).toContain(M1));
      expect((await stat(file(networkTable.table(N1)))).mode & 0o777).toBe(0o600);
      expect((await stat(join(stateDir, world.client))).mode & 0o777).toBe(0o700);
      world.place(N1, { [M3]: { vtep: VTEP_1 } });
      await eventually(async () => expect(await readFile(file(networkTable.table(N1)), 'utf8')).toContain(M3));
      world.want(N1, undefined);
      await eventually(async () =>
        expect(await readdir(join(stateDir, world.client))).toEqual([
          `${encodeURIComponent(switchTable.table(world.client))}.state`,
        ]),
      );
    });

    it('cannot be written where there is no room or no right, which is told, and the switch is programmed all the same', async () => {
      const agent = await world.startConverged(undefined, undefined, { stateDir: '/dev/null/state' });
      await wantW1(world);
      await expectW1(world);
      await eventually(() => expect(agent.saw('state-not-written')).toBe(true));
    });
  });
});

describe('What an older agent left on the switch', () => {
  let world: AgentWorld;
  beforeEach(async () => {
    world = await startAgentWorld();
    const older = await world.startConverged();
    await wantW1(world);
    await older.stop();
    world.want(N1, undefined);
  });
  afterEach(() => world.stop());

  it('goes when everything that is wanted is known and the grace period is over', async () => {
    const before = await world.tor.server.dump();
    const agent = await world.startAgent(undefined, undefined, { leftoverGraceMs: 6000 });
    await eventually(() => expect(agent.saw('tables-complete')).toBe(true));
    await world.foreigner.unbind('Ethernet2', 4000); // nothing happens
    expect(await world.tor.server.dump()).toBe(before);
    await eventually(async () => expect(await world.tor.logicalSwitches()).toEqual([]));
  });

  it('goes at once when it is in the way of what is wanted', async () => {
    const [n2, n3] = ['6b0c1f5e-0000-4000-8000-000000000002', '6b0c1f5e-0000-4000-8000-000000000003'];
    const hour = { leftoverGraceMs: 3_600_000 };
    await world.startConverged(undefined, undefined, hour);
    await expectW1(world);
    world.place(n2, { [M1]: { vtep: VTEP_2 } });
    const [binding] = W1.bindings;
    world.want(n2, { vni: 5009, name: 'n2', bindings: binding ? [binding] : [] });
    await eventually(async () => expect(await world.tor.logicalSwitches()).toMatchObject([{ name: n2 }]));
    await world.stopAgents();
    world.want(n2, undefined);
    await world.startConverged(undefined, undefined, hour);
    world.place(n3, { [M1]: { vtep: VTEP_2 } });
    world.want(n3, { vni: 5009, name: 'n3', bindings: [{ port: 'Ethernet3', vlan: 300 }] });
    await eventually(async () => expect(await world.tor.logicalSwitches()).toMatchObject([{ name: n3, vni: 5009 }]));
  });

  it('stays while only a part of what is wanted is known', async () => {
    const n2 = '6b0c1f5e-0000-4000-8000-000000000002';
    world.publishRemoval(networkTable.table(n2));
    world.want(n2, { vni: 5009, name: 'n2', bindings: [{ port: 'Ethernet3', vlan: 300 }] });
    world.silence();
    const agent = await world.startAgent();
    await eventually(() => expect(agent.saw('switch-active')).toBe(true));
    await world.foreigner.deleteRemoteMac(M1);
    expect(await world.tor.logicalSwitches()).toMatchObject([{ name: N1 }]);
    world.answer();
    world.place(n2, { [M1]: { vtep: VTEP_2 } });
    await eventually(async () => expect(await world.tor.logicalSwitches()).toMatchObject([{ name: n2 }]));
  });
});
