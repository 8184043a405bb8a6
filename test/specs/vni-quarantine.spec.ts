import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

const VNI = 7001;

describe('A VNI that was freed', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    const tor = (name: string, n: number) => ({ name, tunnelIps: [`10.0.0.${n}`], ports: ['Ethernet1'] });
    cloud = await startCloud({ name: 'quarantine', switches: [tor('tor-1', 1), tor('tor-2', 2)] });
    for (const name of ['tor-1', 'tor-2']) {
      await eventually(async () =>
        expect(await cloud.api.get(`/v2.0/l2-switches/${name}`)).toMatchObject({ l2_switch: { ports: [{}] } }),
      );
    }
  });
  afterAll(() => cloud?.stop());

  let vlan = 100;
  const withVni = (vni: number) =>
    cloud.api.request('POST', '/v2.0/networks', {
      network: { 'provider:network_type': 'vxlan', 'provider:segmentation_id': vni },
    });
  const connected = async (vni: number, ...switches: string[]) => {
    const network = ((await withVni(vni)).body as { network: { id: string } }).network.id;
    const gateway = await cloud.api.createGateway(
      'g',
      switches.map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet1' }] })),
    );
    const connection = await cloud.api.connect(gateway, network, (vlan += 1));
    return { network, connection };
  };
  const remove = async ({ network, connection }: { network: string; connection: string }) => {
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${connection}`);
    await cloud.api.delete(`/v2.0/networks/${network}`);
  };
  const inQuarantine = (vni: number, switches: string) => ({
    status: 409,
    body: {
      NeutronError: {
        type: 'VniInQuarantine',
        message:
          `Unable to create the network. The VXLAN network identifier ${vni} is in quarantine: the network that had it is not yet ` +
          `known to be gone from ${switches}. Try again when its agent has answered, or forget the switch.`,
      },
    },
  });

  it('is free for others once every switch that had it has confirmed that it is gone', async () => {
    const stretched = await connected(VNI, 'tor-1', 'tor-2');
    await eventually(async () => expect(await cloud.api.statusOf(stretched.connection)).toBe('ACTIVE'));
    await cloud.killAgent('tor-2');
    await remove(stretched);
    await eventually(async () => expect(await cloud.tor('tor-1').logicalSwitches()).toEqual([]));
    await eventually(async () => expect(await withVni(VNI)).toMatchObject(inQuarantine(VNI, 'tor-2')));
    expect(await cloud.tor('tor-2').logicalSwitches()).toHaveLength(1);
    await cloud.startAgent('tor-2');
    await eventually(async () => expect((await withVni(VNI)).status).toBe(201));
    expect(await cloud.tor('tor-2').logicalSwitches()).toEqual([]);
  });

  it('stays in quarantine while the switch itself is away, although its agent lives and is told', async () => {
    const gone = await connected(7002, 'tor-1');
    await eventually(async () => expect(await cloud.api.statusOf(gone.connection)).toBe('ACTIVE'));
    cloud.tor('tor-1').server.pause();
    try {
      await remove(gone);
      expect(await withVni(7002)).toMatchObject(inQuarantine(7002, 'tor-1'));
    } finally {
      cloud.tor('tor-1').server.resume();
    }
    await eventually(async () => expect((await withVni(7002)).status).toBe(201));
    expect(await cloud.tor('tor-1').logicalSwitches()).toEqual([]);
  });

  it('is not handed out to a network that asks for none', async () => {
    const only = await startCloud({
      name: 'quarantine-range',
      api: { L2GW_VNI_RANGE: '8001:8002' },
      switches: [{ name: 'tor-3', tunnelIps: ['10.0.0.3'], ports: ['Ethernet1'] }],
    });
    try {
      await eventually(async () =>
        expect(await only.api.get('/v2.0/l2-switches/tor-3')).toMatchObject({ l2_switch: { ports: [{}] } }),
      );
      const first = await only.api.createNetwork();
      const gateway = await only.api.createGateway('g', [
        { device_name: 'tor-3', interfaces: [{ name: 'Ethernet1' }] },
      ]);
      const connection = await only.api.connect(gateway, first.id, 100);
      await eventually(async () => expect(await only.api.statusOf(connection)).toBe('ACTIVE'));
      await only.killAgent('tor-3');
      await only.api.delete(`/v2.0/l2-gateway-connections/${connection}`);
      await only.api.delete(`/v2.0/networks/${first.id}`);
      expect((await only.api.createNetwork()).vni).not.toBe(first.vni);
      expect(await only.api.request('POST', '/v2.0/networks', { network: {} })).toMatchObject({
        status: 409,
        body: { NeutronError: { type: 'NoNetworkAvailable' } },
      });
      await only.api.delete('/v2.0/l2-switches/tor-3');
      expect((await only.api.createNetwork()).vni).toBe(first.vni);
    } finally {
      await only.stop();
    }
  });

  it('that only a switch without any agent was told of is free at once', async () => {
    await cloud.api.request('PUT', '/v2.0/l2-switches/ordered', { l2_switch: {} });
    const { network, connection } = await connected(7003, 'ordered');
    await eventually(async () => expect(await cloud.api.statusOf(connection)).toMatch(/^(BUILD|ERROR|DEGRADED)/));
    await remove({ network, connection });
    await eventually(async () => expect((await withVni(7003)).status).toBe(201));
  });
});
