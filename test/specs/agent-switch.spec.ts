import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { expectW1, M1, N1, placeW1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

describe('What the agent tells of its switch', () => {
  let world: AgentWorld;

  beforeAll(async () => {
    world = await startAgentWorld({ description: 'rack 1', managementIps: ['198.51.100.1'] });
    await world.startConverged();
    await wantW1(world);
  });
  afterAll(() => world?.stop());

  it('is what the switch says of itself', async () => {
    expect(world.report('switch')).toEqual({
      name: 'tor1',
      state: 'connected',
      description: 'rack 1',
      tunnelIps: ['10.0.0.1'],
      managementIps: ['198.51.100.1'],
      schema: '1.7.0',
      faults: [],
    });
    expect(world.report('port/Ethernet4')).toEqual({ description: '', faults: [], foreign: [] });
  });

  it('has the faults of the switch and its ports, word for word, until they are gone', async () => {
    await world.tor.setPortFault('Ethernet1', ['invalid_vlan_map', 'a_vendor_word']);
    await world.tor.setSwitchFault(['mac_table_exhaustion']);
    await eventually(() => expect(world.report('switch')).toMatchObject({ faults: ['mac_table_exhaustion'] }));
    await eventually(() =>
      expect(world.report('port/Ethernet1')).toMatchObject({ faults: ['a_vendor_word', 'invalid_vlan_map'] }),
    );
    await world.tor.setPortFault('Ethernet1', []);
    await world.tor.setSwitchFault([]);
    await eventually(() => expect(world.report('port/Ethernet1')).toMatchObject({ faults: [] }));
    await eventually(() => expect(world.report('switch')).toMatchObject({ faults: [] }));
  });

  it('follows ports that come and go', async () => {
    await world.tor.addPort('Ethernet9');
    await eventually(() => expect(world.report('port/Ethernet9')).toBeDefined());
    await world.tor.removePort('Ethernet9');
    await eventually(() => expect(world.report('port/Ethernet9')).toBeUndefined());
  });

  it('says that a port has another name now; the VLAN does not stay on it, and comes back with the name', async () => {
    await world.foreigner.renamePort('Ethernet1', 'Eth1/1');
    await world.failed(N1, 'PORT_NOT_FOUND', /Ethernet1/);
    await eventually(() => expect(world.report('port/Ethernet1')).toBeUndefined());
    await eventually(async () => expect(await world.tor.vlanBindings('Eth1/1')).toEqual([]));
    await eventually(async () => expect(await world.foreigner.ids('Logical_Switch')).toEqual([]));
    await world.foreigner.renamePort('Eth1/1', 'Ethernet1');
    await world.applied(N1, W1);
    await expectW1(world);
  });

  it('says that a port is gone, and that the network is there again when it is plugged in', async () => {
    await world.tor.removePort('Ethernet1');
    await world.failed(N1, 'PORT_NOT_FOUND', /Ethernet1/);
    await world.tor.addPort('Ethernet1');
    await world.applied(N1, W1);
    await expectW1(world);
  });
});

describe('A switch', () => {
  let world: AgentWorld | undefined;

  afterEach(() => world?.stop());

  it('that goes on learning cannot keep a network that is to go', async () => {
    const own = (world = await startAgentWorld());
    const before = await own.tor.server.dump();
    await own.startConverged();
    await wantW1(own);
    let last: Promise<void> = Promise.resolve();
    let learned = 0;
    const learning = setInterval(() => {
      learned += 1;
      const mac = `06:00:00:00:00:${(learned & 255).toString(16).padStart(2, '0')}`;
      last = own.tor.learn(N1, mac).catch(() => undefined); // there is nothing to learn on any more
    }, 10);
    await eventually(() => expect(own.learned.length).toBeGreaterThan(3));
    own.want(N1, undefined);
    await eventually(async () => expect(await own.tor.logicalSwitches()).toEqual([]));
    clearInterval(learning);
    await last;
    await eventually(async () => expect(await own.tor.server.dump()).toBe(before));
    await eventually(() => expect(own.learned).toEqual([]));
  });

  it('with two logical switches that change places gets both where they belong', async () => {
    const own = (world = await startAgentWorld());
    await own.startConverged();
    const [n2, on] = ['6b0c1f5e-0000-4000-8000-000000000002', (port: string) => [{ port, vlan: 100 }]];
    placeW1(own);
    own.place(n2, { [M1]: { vtep: VTEP_1 } });
    own.want(N1, W1);
    const w2 = { vni: 5002, name: 'n2', bindings: on('Ethernet2') };
    own.want(n2, w2);
    await own.applied(n2, w2);
    const [swapped1, swapped2] = [
      { ...W1, bindings: on('Ethernet2') },
      { ...w2, bindings: on('Ethernet1') },
    ];
    own.want(N1, swapped1);
    own.want(n2, swapped2);
    await own.applied(N1, swapped1);
    await own.applied(n2, swapped2);
    expect(await own.tor.vlanBindings('Ethernet1')).toMatchObject([{ logicalSwitch: n2 }]);
    expect(await own.tor.vlanBindings('Ethernet2')).toMatchObject([{ logicalSwitch: N1 }]);
  });

  it('where a network takes over the VNI and the port of one that goes never has two with this VNI', async () => {
    const own = (world = await startAgentWorld());
    await own.startConverged();
    await wantW1(own);
    const n2 = '6b0c1f5e-0000-4000-8000-000000000002';
    own.place(n2, { [M1]: { vtep: VTEP_2 } });
    own.want(n2, W1);
    own.want(N1, undefined);
    await own.applied(n2, W1);
    expect(await own.tor.logicalSwitches()).toMatchObject([{ name: n2, vni: 5001 }]);
  });
});
