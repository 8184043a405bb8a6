import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

describe('What an operator wants of a switch', () => {
  let cloud: Cloud;
  let network: string;
  let connection: string;
  beforeAll(async () => {
    const tor = (name: string, ...tunnelIps: string[]) => ({ name, tunnelIps, ports: ['Ethernet1'] });
    cloud = await startCloud({
      name: 'settings',
      replicas: 2,
      switches: [tor('many', '10.0.0.9', '10.0.0.10'), tor('other', '10.0.0.2')],
    });
    for (const name of ['many', 'other']) {
      await eventually(async () =>
        expect(await cloud.api.get(`/v2.0/l2-switches/${name}`)).toMatchObject({ l2_switch: { ports: [{}] } }),
      );
    }
    await cloud.api.registerHost('host-1', '10.0.0.11');
    ({ id: network } = await cloud.api.createNetwork());
    await cloud.api.createPort({ network_id: network, 'binding:host_id': 'host-1' });
    const devices = ['many', 'other'].map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet1' }] }));
    connection = await cloud.api.connect(await cloud.api.createGateway('g', devices), network, 100);
    await status(/^ACTIVE$/);
  });
  afterAll(() => cloud?.stop());

  const set = async (name: string, settings: object) =>
    (await cloud.api.request('PUT', `/v2.0/l2-switches/${name}`, { l2_switch: settings })) as {
      status: number;
      body: { l2_switch: object };
    };
  const status = (expected: RegExp) =>
    eventually(async () => expect(await cloud.clientOf(1).statusOf(connection)).toMatch(expected));
  const floods = (name: string, to: readonly string[]) =>
    eventually(async () => expect(await cloud.tor(name).floodSet(network)).toEqual(to));

  it('is nothing until he says so; which of several tunnel IPs was taken is shown, with a warning', async () => {
    expect(await cloud.api.get('/v2.0/l2-switches/many')).toMatchObject({
      l2_switch: {
        ...{ replication_mode: null, service_nodes: [], max_flood_locators: null, tunnel_ip: null, bfd: null },
        tunnel_ips: ['10.0.0.10', '10.0.0.9'],
        vtep_ip: '10.0.0.10',
        status: 'CONNECTED',
        status_reason: 'it has several tunnel IPs (10.0.0.10, 10.0.0.9): choose one by tunnel_ip',
      },
    });
    await floods('other', ['10.0.0.10', '10.0.0.11']);
  });

  it('is behind which of its tunnel IPs others find it: flooded frames and MACs', async () => {
    expect(await set('many', { tunnel_ip: '10.0.0.9' })).toMatchObject({
      status: 200,
      body: { l2_switch: { tunnel_ip: '10.0.0.9', vtep_ip: '10.0.0.9', status_reason: '' } },
    });
    await floods('other', ['10.0.0.11', '10.0.0.9']);
    await floods('many', ['10.0.0.11', '10.0.0.2']);
    await cloud.tor('many').learn(network, '02:00:00:00:ba:1e');
    await eventually(async () =>
      expect(await cloud.tor('other').remoteMacs(network)).toContainEqual(
        expect.objectContaining({ mac: '02:00:00:00:ba:1e', vtepIp: '10.0.0.9' }),
      ),
    );
    await status(/^ACTIVE$/);
  });

  it('may be a tunnel IP that it does not have: nobody guesses another, and the connection says so', async () => {
    await set('many', { tunnel_ip: '10.0.0.77' });
    await status(/^DEGRADED many: TUNNEL_IP_NOT_FOUND it has no tunnel IP 10\.0\.0\.77: correct its tunnel_ip$/);
    await floods('other', ['10.0.0.11']);
    await eventually(async () => expect(await cloud.tor('other').remoteMacs(network)).toHaveLength(1));
    await set('many', { tunnel_ip: null });
    await floods('other', ['10.0.0.11', '10.0.0.9']); // the one that its own MACs point to
    await status(/^ACTIVE$/);
  });

  it('is how it floods: through service nodes, or to a few', async () => {
    await set('other', { replication_mode: 'service_node', service_nodes: ['10.0.0.200'] });
    await floods('other', ['10.0.0.200']);
    await status(/^ACTIVE$/);
    await set('other', { service_nodes: null });
    await status(/^DEGRADED other: SERVICE_NODE_MISSING /);
    await set('other', { replication_mode: null, max_flood_locators: 1 });
    await eventually(async () => expect(await cloud.tor('other').floodSet(network)).toHaveLength(1));
    await set('other', { max_flood_locators: null });
    await floods('other', ['10.0.0.11', '10.0.0.9']);
    await status(/^ACTIVE$/);
  });

  it('is whether what others change is put right, or only told', async () => {
    await set('other', { drift_policy: 'report' });
    await status(/^ACTIVE$/);
    const [{ mac } = { mac: '' }] = await cloud.tor('other').remoteMacs(network);
    const where = [['MAC', '==', mac]];
    await cloud.tor('other').server.transact([{ op: 'delete', table: 'Ucast_Macs_Remote', where }]);
    await status(/^DEGRADED other: DRIFT /);
    await eventually(async () =>
      expect(await cloud.api.get('/v2.0/l2-switches/other')).toMatchObject({
        l2_switch: { drift: [{ network_id: network, count: 1, what: `MAC ${mac} was changed` }] },
      }),
    );
    expect((await cloud.api.request('PUT', '/v2.0/l2-switches/other/resync', {})).status).toBe(200);
    await status(/^ACTIVE$/);
    expect(await cloud.tor('other').remoteMacs(network)).toContainEqual(expect.objectContaining({ mac }));
    await set('other', { drift_policy: null });
  });

  it('is whether its tunnels are watched; they are shown, and readers of events hear of them', async () => {
    await set('other', { bfd: { enable: true, min_rx: 300 } });
    await cloud.tor('other').addTunnel('10.0.0.11');
    await cloud.tor('other').setTunnelStatus('10.0.0.11', { state: 'down', forwarding: 'false' });
    await eventually(async () =>
      expect(await cloud.api.get('/v2.0/l2-switches/other')).toMatchObject({
        l2_switch: {
          bfd: { enable: true, min_rx: 300 },
          tunnels: [{ remote_ip: '10.0.0.11', state: 'down', fault: 'it does not forward' }],
        },
      }),
    );
    await status(/^ACTIVE$/);
  });

  it('is how many networks are connected to it, also when two are connected at once', async () => {
    const [one, two] = [await cloud.api.createNetwork(), await cloud.api.createNetwork()];
    await set('other', { max_networks: 2 });
    const gateway = await cloud.api.createGateway('g2', [
      { device_name: 'other', interfaces: [{ name: 'Ethernet1' }] },
    ]);
    const connect = (id: string, vlan: number, replica: number) =>
      cloud.clientOf(replica).request('POST', '/v2.0/l2-gateway-connections', {
        l2_gateway_connection: { l2_gateway_id: gateway, network_id: id, segmentation_id: vlan },
      });
    const answers = await Promise.all([connect(one.id, 201, 0), connect(two.id, 202, 1)]);
    expect(answers.map((each) => each.status).sort()).toEqual([201, 409]);
    expect(answers.find((each) => each.status === 409)?.body).toMatchObject({
      NeutronError: {
        type: 'L2SwitchFull',
        message: 'L2 Switch other has room for 2 networks, and they are all taken.',
      },
    });
    await set('other', { max_networks: null });
    const again = await connect(answers[0]?.status === 409 ? one.id : two.id, 203, 0);
    expect(again.status).toBe(201);
  });

  it.each([
    [{ replication_mode: 'both' }, "'both' is not in"],
    [{ service_nodes: 'x' }, "'x' is not a list"],
    [{ service_nodes: ['2001:db8::1'] }, "'2001:db8::1' is not an IPv4 address"],
    [{ service_nodes: ['10.0.0.1', '10.0.0.1'] }, 'A service node is named twice'],
    [{ max_flood_locators: 0 }, "'0' is not an integer from 1 to"],
    [{ max_networks: 1.5 }, "'1.5' is not an integer from 1 to"],
    [{ tunnel_ip: 'here' }, "'here' is not an IPv4 address"],
    [{ bfd: { enable: 'yes' } }, "'enable' must be true or false"],
    [{ bfd: { enable: true, min_rx: -1 } }, "'-1' is not an integer from 1 to"],
    [{ bfd: { enable: true, colour: 1 } }, "'colour' is not in"],
  ])('is refused if it makes no sense: %j', async (settings, reason) => {
    const answer = await set('other', settings);
    expect(answer).toMatchObject({ status: 400, body: { NeutronError: { message: expect.stringContaining(reason) } } });
  });
});
