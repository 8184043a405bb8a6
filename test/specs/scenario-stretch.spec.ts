import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import type { Json } from '../harness/api-client.js';

const TORS = ['tor-switch-1', 'tor-switch-2', 'tor-switch-3'] as const;
const FAR = { mac: '02:00:00:00:fa:01', ip: '192.0.2.77' };

describe('A network that is stretched to another cloud', () => {
  let cloud: Cloud;
  let network: { id: string; vni: number };
  let gateway: string;
  let remoteGateway: string;
  let stretch: string;

  beforeAll(async () => {
    cloud = await startCloud({
      name: 'scenario stretch',
      replicas: 2,
      switches: TORS.map((name, index) => ({ name, tunnelIps: [`10.0.0.${index + 1}`], ports: ['Ethernet40'] })),
    });
    await eventually(async () => {
      for (const tor of TORS)
        expect(await cloud.api.get(`/v2.0/l2-switches/${tor}`)).toMatchObject({
          l2_switch: { ports: [{ name: 'Ethernet40' }] },
        });
    });
    network = await cloud.api.createNetwork({ name: 'stretched', 'provider:segmentation_id': 5000 });
    gateway = await cloud.api.createGateway(
      'borders',
      TORS.slice(0, 2).map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet40' }] })),
    );
    await cloud.api.connect(gateway, network.id, 50);
    const inner = await cloud.api.createGateway('inner', [
      { device_name: TORS[2], interfaces: [{ name: 'Ethernet40' }] },
    ]);
    await cloud.api.connect(inner, network.id, 50);
    remoteGateway = await create('l2-remote-gateways', 'l2_remote_gateway', { name: 'far', ipaddr: '198.51.100.1' });
  });
  afterAll(() => cloud?.stop());

  const create = async (path: string, noun: string, body: Json): Promise<string> => {
    const answer = await cloud.api.post(`/v2.0/${path}`, { [noun]: body });
    return String((answer[noun] as Json)['id']);
  };
  const stretchTo = async (attributes: Json = {}): Promise<string> => {
    const body = { l2_gateway_id: gateway, network_id: network.id, remote_gateway_id: remoteGateway, ...attributes };
    return create('l2-remote-gateway-connections', 'l2_remote_gateway_connection', body);
  };
  const show = async (replica = 0) => {
    const path = `/v2.0/l2-remote-gateway-connections/${stretch}`;
    return (await cloud.clientOf(replica).get(path))['l2_remote_gateway_connection'] as Json;
  };
  const active = () =>
    eventually(async () => {
      for (const replica of [0, 1]) expect(await show(replica)).toMatchObject({ status: 'ACTIVE', status_reason: '' });
    });
  const macs = async (tor: string) =>
    (await cloud.tor(tor).remoteMacs(network.id)).map(({ mac, ip, vtepIp, tunnelKey }) => ({
      mac,
      ip,
      vtepIp,
      tunnelKey,
    }));
  const announce = (tor: string, capabilities: readonly string[]) =>
    cloud.api.put(`/v2.0/l2-switches/${tor}`, { l2_switch: { capabilities } });

  it('leads the MACs of the other cloud to its gateway, with their IPs, on every switch that has the connection', async () => {
    stretch = await stretchTo({ flood: true });
    await cloud.api.post(`/v2.0/l2-remote-macs?rgw_connection=${stretch}`, { 'remote-macs': [FAR] });
    await active();
    for (const tor of TORS.slice(0, 2)) {
      await eventually(async () =>
        expect(await macs(tor)).toEqual([{ ...FAR, vtepIp: '198.51.100.1', tunnelKey: undefined }]),
      );
      await eventually(async () => expect(await cloud.tor(tor).floodSet(network.id)).toContain('198.51.100.1'));
    }
    expect(await cloud.api.get(`/v2.0/l2-remote-gateways/${remoteGateway}`)).toMatchObject({
      l2_remote_gateway: { status: 'ACTIVE' },
    });
    expect(await cloud.api.get(`/v2.0/l2-remote-macs?rgw_connection=${stretch}`)).toMatchObject({
      l2_remote_macs: [{ mac: FAR.mac, state: 'active' }],
    });
  });

  it('leaves a switch without the connection alone, until one that has it is declared to pass frames on', async () => {
    expect(await macs(TORS[2])).toEqual([]);
    expect(await cloud.tor(TORS[2]).floodSet(network.id)).not.toContain('198.51.100.1');
    await announce(TORS[1], ['relays_unicast']);
    await eventually(async () =>
      expect(await macs(TORS[2])).toEqual([{ ...FAR, vtepIp: '10.0.0.2', tunnelKey: undefined }]),
    );
    await announce(TORS[1], []);
    await eventually(async () => expect(await macs(TORS[2])).toEqual([]));
  });

  it('follows the remote gateway to another address, and no MAC is ever missing meanwhile', async () => {
    let lowest = Infinity;
    const watch = cloud.tor(TORS[0]).remoteMacs(network.id);
    lowest = Math.min(lowest, (await watch).length);
    await cloud.api.put(`/v2.0/l2-remote-gateways/${remoteGateway}`, { l2_remote_gateway: { ipaddr: '198.51.100.2' } });
    await eventually(async () => {
      const now = await macs(TORS[0]);
      lowest = Math.min(lowest, now.length);
      expect(now).toEqual([{ ...FAR, vtepIp: '198.51.100.2', tunnelKey: undefined }]);
    });
    expect(lowest).toBe(1);
    await eventually(async () => {
      const flood = await cloud.tor(TORS[0]).floodSet(network.id);
      expect(flood).toContain('198.51.100.2');
      expect(flood).not.toContain('198.51.100.1');
    });
    await active();
  });

  it('moves a MAC that is stated there away from the port that claims it, and back when the operator takes it back', async () => {
    await cloud.api.registerHost('compute-1', '10.0.0.11');
    await cloud.api.createPort({
      network_id: network.id,
      mac_address: '02:00:00:00:fa:02',
      'binding:host_id': 'compute-1',
    });
    const places = async () => new Map((await macs(TORS[0])).map((each) => [each.mac, each.vtepIp]));
    await eventually(async () => expect((await places()).get('02:00:00:00:fa:02')).toBe('10.0.0.11'));
    const id = await create('l2-remote-macs', 'l2_remote_mac', { mac: '02:00:00:00:fa:02', rgw_connection: stretch });
    await eventually(async () => expect((await places()).get('02:00:00:00:fa:02')).toBe('198.51.100.2'));
    await cloud.api.delete(`/v2.0/l2-remote-macs/${id}`);
    await eventually(async () => expect((await places()).get('02:00:00:00:fa:02')).toBe('10.0.0.11'));
  });

  it('leaves nothing behind when the connection goes', async () => {
    await cloud.api.delete(`/v2.0/l2-remote-gateway-connections/${stretch}`);
    for (const tor of TORS) {
      await eventually(async () => expect((await macs(tor)).map((each) => each.mac)).not.toContain(FAR.mac));
      await eventually(async () => expect(await cloud.tor(tor).floodSet(network.id)).not.toContain('198.51.100.2'));
      expect(await cloud.tor(tor).server.dump()).not.toContain('198.51.100.');
    }
  });

  it('refuses another VNI over there on a switch that is not declared to honour it, and says so, while the rest works', async () => {
    stretch = await stretchTo({ segmentation_id: 9765, flood: true });
    await cloud.api.post(`/v2.0/l2-remote-macs?rgw_connection=${stretch}`, { 'remote-macs': [FAR] });
    await announce(TORS[0], ['tunnel_key']);
    await eventually(async () =>
      expect(await show()).toMatchObject({
        status: 'DEGRADED',
        status_reason: expect.stringMatching(
          /^tor-switch-2: CAPABILITY_MISSING the remote gateway 198\.51\.100\.2 knows the network by VNI 9765 instead of 5000/,
        ) as string,
      }),
    );
    await eventually(async () =>
      expect((await cloud.api.get('/v2.0/l2-gateway-connections'))['l2_gateway_connections']).toMatchObject([
        { status: 'ACTIVE' },
        { status: 'ACTIVE' },
      ]),
    );
    expect((await macs(TORS[1])).map((each) => each.mac)).not.toContain(FAR.mac);
  });

  it('uses a tunnel key of its own on a switch that honours it, for MACs and flooded frames', async () => {
    await eventually(async () =>
      expect(await macs(TORS[0])).toContainEqual({ ...FAR, vtepIp: '198.51.100.2', tunnelKey: 9765 }),
    );
    await eventually(async () => expect(await cloud.tor(TORS[0]).floodSet(network.id)).toContain('198.51.100.2@9765'));
    await announce(TORS[1], ['tunnel_key']);
    await active();
    await eventually(async () =>
      expect(await macs(TORS[1])).toContainEqual({ ...FAR, vtepIp: '198.51.100.2', tunnelKey: 9765 }),
    );
  });

  it('is as before after an agent was killed', async () => {
    await cloud.killAgent(TORS[0]);
    await cloud.startAgent(TORS[0]);
    await active();
    expect(await macs(TORS[0])).toContainEqual({ ...FAR, vtepIp: '198.51.100.2', tunnelKey: 9765 });
  });
});
