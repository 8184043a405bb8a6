import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

const TORS = ['tor-switch-1', 'tor-switch-2'];

describe('Two active/active switches of one gateway', () => {
  let cloud: Cloud;
  let network: { id: string; vni: number };
  let gateway: string;
  let connection: string;
  let vm: string;
  const before = new Map<string, string>();
  const VM = { mac: '02:00:00:00:00:01', ip: '192.0.2.1' };

  beforeAll(async () => {
    cloud = await startCloud({
      name: 'scenario connect',
      switches: TORS.map((name, index) => ({
        name,
        tunnelIps: [`10.0.0.${index + 1}`],
        ports: ['Ethernet40', 'Ethernet41'],
      })),
    });
    for (const tor of TORS) before.set(tor, await cloud.tor(tor).server.dump());
    await eventually(async () => {
      for (const tor of TORS)
        expect(await cloud.api.get(`/v2.0/l2-switches/${tor}`)).toMatchObject({
          l2_switch: { ports: [{ name: 'Ethernet40' }, { name: 'Ethernet41' }] },
        });
    });
    await cloud.api.registerHost('compute-1', '10.0.0.11');
    await cloud.api.registerHost('compute-2', '10.0.0.12');
    network = await cloud.api.createNetwork({ name: 'network1', 'provider:segmentation_id': 5000 });
    gateway = await cloud.api.createGateway(
      'vtep-gateway-1',
      TORS.map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet40' }] })),
    );
  });
  afterAll(() => cloud?.stop());

  const active = () => eventually(async () => expect(await cloud.api.statusOf(connection)).toBe('ACTIVE'));
  const everywhere = (assertion: (tor: string) => Promise<void>) =>
    eventually(async () => void (await Promise.all(TORS.map(assertion))));
  const macs = async (tor: string) =>
    (await cloud.tor(tor).remoteMacs(network.id)).map(({ mac, ip, vtepIp }) => ({ mac, ip, vtepIp }));

  it('report themselves with their tunnel IPs and ports', async () => {
    expect(await cloud.api.get('/v2.0/l2-switches/tor-switch-1')).toMatchObject({
      l2_switch: {
        id: 'tor-switch-1',
        status: 'CONNECTED',
        tunnel_ips: ['10.0.0.1'],
        schema_version: expect.stringMatching(/^1\./),
      },
    });
  });

  it('refuse a port that they do not have', async () => {
    const strange = await cloud.api.createGateway('strange', [
      { device_name: 'tor-switch-1', interfaces: [{ name: 'nosuch' }] },
    ]);
    const body = { l2_gateway_connection: { l2_gateway_id: strange, network_id: network.id, segmentation_id: '1' } };
    expect(await cloud.api.request('POST', '/v2.0/l2-gateway-connections', body)).toMatchObject({
      status: 404,
      body: {
        NeutronError: { type: 'L2GatewayInterfaceNotFound', message: "L2 Gateway interface 'nosuch' not found." },
      },
    });
    await cloud.api.delete(`/v2.0/l2-gateways/${strange}`);
  });

  it('bind the VLAN to the network’s logical switch and become ACTIVE when both have confirmed it', async () => {
    connection = await cloud.api.connect(gateway, network.id, 50);
    await active();
    for (const tor of TORS) {
      expect(await cloud.tor(tor).vlanBindings('Ethernet40')).toEqual([
        { vlan: 50, logicalSwitch: network.id, vni: 5000 },
      ]);
      expect(await cloud.tor(tor).logicalSwitches()).toMatchObject([
        {
          name: network.id,
          description: expect.stringContaining('network1'),
          vni: 5000,
          replicationMode: 'source_node',
        },
      ]);
    }
  });

  it('flood to each other even while no MAC is known', async () => {
    await everywhere(async (tor) => {
      expect(await cloud.tor(tor).floodSet(network.id)).toEqual([tor === 'tor-switch-1' ? '10.0.0.2' : '10.0.0.1']);
    });
  });

  it('learn of a virtual machine that is added, with its IP for ARP suppression', async () => {
    vm = await cloud.api.createPort({
      network_id: network.id,
      mac_address: 'FA-16-3E-00-00-01',
      fixed_ips: [{ ip_address: VM.ip }],
      'binding:host_id': 'compute-1',
    });
    await everywhere(async (tor) =>
      expect(await macs(tor)).toEqual([{ mac: 'fa:16:3e:00:00:01', ip: VM.ip, vtepIp: '10.0.0.11' }]),
    );
    await everywhere(async (tor) => expect(await cloud.tor(tor).floodSet(network.id)).toContain('10.0.0.11'));
  });

  it('follow it when it migrates: same MAC, other locator, and the old host leaves the flood set', async () => {
    await cloud.api.put(`/v2.0/ports/${vm}`, { port: { 'binding:host_id': 'compute-2' } });
    await everywhere(async (tor) => {
      expect(await macs(tor)).toEqual([{ mac: 'fa:16:3e:00:00:01', ip: VM.ip, vtepIp: '10.0.0.12' }]);
      const flood = await cloud.tor(tor).floodSet(network.id);
      expect(flood).toContain('10.0.0.12');
      expect(flood).not.toContain('10.0.0.11');
    });
  });

  it('take its other addresses, and lose them again', async () => {
    const pair = { mac_address: '02:00:00:00:00:99', ip_address: '192.0.2.99' };
    await cloud.api.put(`/v2.0/ports/${vm}`, { port: { allowed_address_pairs: [pair] } });
    await everywhere(async (tor) =>
      expect(await macs(tor)).toContainEqual({ mac: pair.mac_address, ip: pair.ip_address, vtepIp: '10.0.0.12' }),
    );
    await cloud.api.put(`/v2.0/ports/${vm}`, {
      port: { allowed_address_pairs: [], fixed_ips: [{ ip_address: '192.0.2.7' }] },
    });
    await everywhere(async (tor) =>
      expect(await macs(tor)).toEqual([{ mac: 'fa:16:3e:00:00:01', ip: '192.0.2.7', vtepIp: '10.0.0.12' }]),
    );
  });

  it('follow a host that changes its VTEP', async () => {
    await cloud.api.registerHost('compute-2', '10.0.0.22');
    await everywhere(async (tor) => {
      expect(await macs(tor)).toMatchObject([{ vtepIp: '10.0.0.22' }]);
      const flood = await cloud.tor(tor).floodSet(network.id);
      expect(flood).toContain('10.0.0.22');
      expect(flood).not.toContain('10.0.0.12');
    });
  });

  it('tell each other of bare metal that they hear, and the API lists it', async () => {
    await cloud.tor('tor-switch-1').learn(network.id, '02:00:00:00:ba:1e', '192.0.2.100');
    await eventually(async () =>
      expect(await macs('tor-switch-2')).toContainEqual({
        mac: '02:00:00:00:ba:1e',
        ip: '192.0.2.100',
        vtepIp: '10.0.0.1',
      }),
    );
    expect(await macs('tor-switch-1')).not.toContainEqual(expect.objectContaining({ mac: '02:00:00:00:ba:1e' }));
    expect(await cloud.api.get('/v2.0/l2-switches/tor-switch-1/macs')).toEqual({
      macs: [{ mac: '02:00:00:00:ba:1e', network_id: network.id, ip_address: '192.0.2.100', vtep_ip: '10.0.0.1' }],
    });
  });

  it('let a bare-metal server move from one to the other: the latest that heard it is right', async () => {
    await cloud.tor('tor-switch-2').learn(network.id, '02:00:00:00:ba:1e', '192.0.2.100');
    await eventually(async () =>
      expect(await macs('tor-switch-1')).toContainEqual({
        mac: '02:00:00:00:ba:1e',
        ip: '192.0.2.100',
        vtepIp: '10.0.0.2',
      }),
    );
    await cloud.tor('tor-switch-1').forget(network.id, '02:00:00:00:ba:1e');
    await eventually(async () =>
      expect(await cloud.api.get('/v2.0/l2-switches/tor-switch-1/macs')).toEqual({ macs: [] }),
    );
    expect(await macs('tor-switch-1')).toContainEqual(
      expect.objectContaining({ mac: '02:00:00:00:ba:1e', vtepIp: '10.0.0.2' }),
    );
  });

  it('forget it when nobody hears it any more', async () => {
    await cloud.tor('tor-switch-2').forget(network.id, '02:00:00:00:ba:1e');
    await everywhere(async (tor) =>
      expect(await macs(tor)).not.toContainEqual(expect.objectContaining({ mac: '02:00:00:00:ba:1e' })),
    );
  });

  it('carry a second network on the same port through another VLAN', async () => {
    const second = await cloud.api.createNetwork({ name: 'network2' });
    const other = await cloud.api.connect(gateway, second.id, 51);
    await eventually(async () => expect(await cloud.api.statusOf(other)).toBe('ACTIVE'));
    expect(await cloud.tor('tor-switch-1').vlanBindings('Ethernet40')).toEqual([
      { vlan: 50, logicalSwitch: network.id, vni: 5000 },
      { vlan: 51, logicalSwitch: second.id, vni: second.vni },
    ]);
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${other}`);
    await everywhere(async (tor) => expect(await cloud.tor(tor).vlanBindings('Ethernet40')).toHaveLength(1));
  });

  it('serve a second gateway for the same network on another port with the same logical switch', async () => {
    const second = await cloud.api.createGateway('second', [
      { device_name: 'tor-switch-1', interfaces: [{ name: 'Ethernet41' }] },
    ]);
    const other = await cloud.api.connect(second, network.id, 60);
    await eventually(async () => expect(await cloud.api.statusOf(other)).toBe('ACTIVE'));
    expect(await cloud.tor('tor-switch-1').logicalSwitches()).toHaveLength(1);
    expect(await cloud.tor('tor-switch-1').vlanBindings('Ethernet41')).toEqual([
      { vlan: 60, logicalSwitch: network.id, vni: 5000 },
    ]);
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${other}`);
    await eventually(async () => expect(await cloud.tor('tor-switch-1').vlanBindings('Ethernet41')).toEqual([]));
    await active();
  });

  it('rename the logical switch’s description with the network', async () => {
    await cloud.api.put(`/v2.0/networks/${network.id}`, { network: { name: 'renamed' } });
    await everywhere(async (tor) =>
      expect(await cloud.tor(tor).logicalSwitches()).toMatchObject([
        { description: expect.stringContaining('renamed') },
      ]),
    );
  });

  it('follow a gateway whose interfaces change while it is connected', async () => {
    await cloud.api.put(`/v2.0/l2-gateways/${gateway}`, {
      l2_gateway: { devices: [{ device_name: 'tor-switch-2', interfaces: [{ name: 'Ethernet41' }] }] },
    });
    await eventually(async () => {
      expect(await cloud.tor('tor-switch-2').vlanBindings('Ethernet40')).toEqual([]);
      expect(await cloud.tor('tor-switch-2').vlanBindings('Ethernet41')).toHaveLength(1);
      expect(await cloud.tor('tor-switch-1').vlanBindings('Ethernet40')).toHaveLength(1);
    });
  });

  it('lose a virtual machine that is deleted', async () => {
    await cloud.api.delete(`/v2.0/ports/${vm}`);
    await everywhere(async (tor) => {
      expect(await macs(tor)).toEqual([]);
      expect(await cloud.tor(tor).floodSet(network.id)).toEqual([tor === 'tor-switch-1' ? '10.0.0.2' : '10.0.0.1']);
    });
  });

  it('are as they were before, byte for byte, after the network is disconnected', async () => {
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${connection}`);
    await everywhere(async (tor) => expect(await cloud.tor(tor).server.dump()).toBe(before.get(tor)));
    await cloud.api.delete(`/v2.0/l2-gateways/${gateway}`);
    await cloud.api.delete(`/v2.0/networks/${network.id}`);
  });
});
