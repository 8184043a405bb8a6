import { type EmulatedTor, startTor } from './emulated-tor.js';

const NETWORK = '6f7c8a52-0d8e-4a55-9a5c-1f2b3c4d5e6f';
const MAC = '02:00:00:00:00:01';
const locator = (ip: string, uuidName: string, key?: number): object => ({
  op: 'insert',
  table: 'Physical_Locator',
  'uuid-name': uuidName,
  row: { encapsulation_type: 'vxlan_over_ipv4', dst_ip: ip, ...(key === undefined ? {} : { tunnel_key: key }) },
});
const named = (name: string): readonly string[] => ['named-uuid', name];

/** What a controller would write: a network bound to VLAN 50 and to untagged frames of eth1, one remote MAC, two flood members. */
async function program(tor: EmulatedTor): Promise<void> {
  const logicalSwitch = {
    name: NETWORK,
    description: 'tenant net',
    tunnel_key: 5000,
    replication_mode: 'source_node',
    other_config: ['map', [['owner', 'l2gw']]],
  };
  const bindings = [50, 0].map((vlan) => [vlan, named('ls')]);
  const remote = { MAC, logical_switch: named('ls'), locator: named('a'), ipaddr: '192.0.2.1' };
  const flood = { MAC: 'unknown-dst', logical_switch: named('ls'), locator_set: named('set') };
  await tor.server.transact([
    { op: 'insert', table: 'Logical_Switch', 'uuid-name': 'ls', row: logicalSwitch },
    {
      op: 'update',
      table: 'Physical_Port',
      where: [['name', '==', 'eth1']],
      row: { vlan_bindings: ['map', bindings] },
    },
    locator('10.0.0.11', 'a', 7),
    locator('10.0.0.9', 'b'),
    {
      op: 'insert',
      table: 'Physical_Locator_Set',
      'uuid-name': 'set',
      row: { locators: ['set', [named('a'), named('b')]] },
    },
    { op: 'insert', table: 'Ucast_Macs_Remote', row: remote },
    { op: 'insert', table: 'Mcast_Macs_Remote', row: flood },
  ]);
}

describe('An emulated top-of-rack switch', () => {
  let tor: EmulatedTor;

  beforeEach(async () => {
    tor = await startTor({ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['eth1', 'eth2'] });
  });

  afterEach(() => tor.stop());

  it('is bare when it comes out of its box', async () => {
    expect(await tor.logicalSwitches()).toEqual([]);
    expect(await tor.vlanBindings('eth2')).toEqual([]);
    expect(await tor.floodSet(NETWORK)).toEqual([]);
  });

  it('shows what a controller wrote, in the words of the field', async () => {
    await program(tor);
    expect(await tor.logicalSwitches()).toEqual([
      {
        name: NETWORK,
        description: 'tenant net',
        vni: 5000,
        replicationMode: 'source_node',
        otherConfig: { owner: 'l2gw' },
      },
    ]);
    expect(await tor.vlanBindings('eth1')).toEqual([
      { vlan: 0, logicalSwitch: NETWORK, vni: 5000 },
      { vlan: 50, logicalSwitch: NETWORK, vni: 5000 },
    ]);
    expect(await tor.remoteMacs(NETWORK)).toEqual([{ mac: MAC, ip: '192.0.2.1', vtepIp: '10.0.0.11', tunnelKey: 7 }]);
    expect(await tor.floodSet(NETWORK)).toEqual(['10.0.0.11@7', '10.0.0.9']);
  });

  it('leaves the database as it is when it only looks', async () => {
    await tor.server.wipe();
    const before = await tor.server.dump();
    await tor.logicalSwitches();
    expect(await tor.server.dump()).toBe(before);
  });

  it('learns MACs behind its own tunnel address and forgets them again', async () => {
    await program(tor);
    await tor.learn(NETWORK, MAC, '192.0.2.7');
    await tor.learn(NETWORK, '02:00:00:00:00:02');
    expect(await tor.localMacs(NETWORK)).toEqual([
      { mac: MAC, ip: '192.0.2.7', vtepIp: '10.0.0.1', tunnelKey: undefined },
      { mac: '02:00:00:00:00:02', ip: '', vtepIp: '10.0.0.1', tunnelKey: undefined },
    ]);
    await tor.forget(NETWORK, MAC);
    expect(await tor.localMacs(NETWORK)).toMatchObject([{ mac: '02:00:00:00:00:02' }]);
    await expect(tor.forget(NETWORK, MAC)).rejects.toThrow(/has 0 local rows/);
  });

  it('learns a thousand MACs at once', async () => {
    await program(tor);
    const macs = Array.from(
      { length: 1_000 },
      (_, n) => `02:00:00:00:${Buffer.from([n >> 8, n & 255]).toString('hex')}`,
    );
    await tor.learnAll(
      NETWORK,
      macs.map((mac) => ({ mac: mac.replace(/(..)$/, ':$1') })),
    );
    expect(await tor.localMacs(NETWORK)).toHaveLength(1_000);
  });

  it('learns nothing for a network it does not have', async () => {
    await expect(tor.learn('nowhere', MAC)).rejects.toThrow(/no logical switch nowhere/);
  });

  it('reports faults of a port and takes them back', async () => {
    await tor.setPortFault('eth1', ['invalid_vlan_map', 'vendor_specific']);
    expect(await tor.server.dump()).toMatch(/\[invalid_vlan_map, vendor_specific\]/);
    await tor.setPortFault('eth1', []);
    expect(await tor.server.dump()).not.toMatch(/invalid_vlan_map/);
  });

  it('loses the bindings of a port with the port', async () => {
    await program(tor);
    await tor.removePort('eth1');
    await expect(tor.vlanBindings('eth1')).rejects.toThrow(/tor-1 has no port eth1/);
    await tor.addPort('eth1');
    expect(await tor.vlanBindings('eth1')).toEqual([]);
  });

  it('describes itself again after it was wiped, and is bare', async () => {
    await program(tor);
    await tor.server.wipe();
    await tor.recreateInventory();
    expect(await tor.vlanBindings('eth1')).toEqual([]);
    expect(await tor.logicalSwitches()).toEqual([]);
  });

  it('announces another tunnel address', async () => {
    await program(tor);
    await tor.setTunnelIps(['10.0.0.2']);
    await tor.learn(NETWORK, MAC);
    expect(await tor.localMacs(NETWORK)).toMatchObject([{ vtepIp: '10.0.0.2' }]);
  });
});
