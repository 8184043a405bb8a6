import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

describe('The inventory over REST', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest inventory', replicas: 2, api: { L2GW_VNI_RANGE: '2000:2199' } });
  });
  afterAll(() => cloud?.stop());

  const fault = (status: number, type: string, message: string | RegExp) => ({
    status,
    body: {
      NeutronError: {
        type,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
        detail: '',
      },
    },
  });
  const network = (attributes: Body) => cloud.api.request('POST', '/v2.0/networks', { network: attributes });
  const port = (attributes: Body) => cloud.api.request('POST', '/v2.0/ports', { port: attributes });

  it('gives every network a VNI of its own, also when two replicas create many at once', async () => {
    const networks = await Promise.all(Array.from({ length: 60 }, (_, n) => cloud.clientOf(n % 2).createNetwork()));
    const vnis = networks.map((each) => each.vni);
    expect(new Set(vnis).size).toBe(60);
    for (const vni of vnis) expect(vni).toBeGreaterThanOrEqual(2000);
    for (const vni of vnis) expect(vni).toBeLessThanOrEqual(2199);
  });

  it('takes the VNI that is asked for, once', async () => {
    expect(await network({ 'provider:segmentation_id': '123456' })).toMatchObject({
      status: 201,
      body: { network: { 'provider:segmentation_id': 123456 } },
    });
    expect(await network({ 'provider:segmentation_id': 123456 })).toEqual(fault(409, 'VniInUse', /123456 is in use/));
  });

  it.each([
    [{ 'provider:segmentation_id': 16777216 }, 'InvalidInput', /out of range/],
    [{ 'provider:segmentation_id': 'x' }, 'InvalidInput', /out of range/],
    [{ 'provider:network_type': 'gre' }, 'HTTPBadRequest', /is not in/],
    [
      { 'provider:network_type': 'vlan', 'provider:physical_network': 'p', 'provider:segmentation_id': 4095 },
      'InvalidInput',
      /out of range/,
    ],
    [{ 'provider:network_type': 'flat' }, 'InvalidInput', /physical_network required/],
    [{ name: 7 }, 'HTTPBadRequest', "Invalid input for name. Reason: '7' is not a valid string."],
    [{ admin_state_up: 'maybe' }, 'HTTPBadRequest', /cannot be converted to boolean/],
    [{ colour: 'red' }, 'HTTPBadRequest', "Unrecognized attribute(s) 'colour'"],
  ])('refuses the network %j', async (attributes, type, message) => {
    expect(await network(attributes)).toEqual(fault(400, type, message));
  });

  it('writes MAC addresses in one way and refuses what is none', async () => {
    const { id } = await cloud.api.createNetwork();
    expect(await port({ network_id: id, mac_address: 'AA-BB-CC-00-00-02' })).toMatchObject({
      status: 201,
      body: { port: { mac_address: 'aa:bb:cc:00:00:02' } },
    });
    expect(await port({ network_id: id, mac_address: 'hello' })).toEqual(
      fault(400, 'HTTPBadRequest', "Invalid input for mac_address. Reason: 'hello' is not a valid MAC address."),
    );
    expect(await port({ network_id: id, fixed_ips: [{ ip_address: '192.0.2.300' }] })).toEqual(
      fault(400, 'HTTPBadRequest', /is not a valid IP address/),
    );
    expect(await port({ network_id: id, fixed_ips: 'x' })).toEqual(fault(400, 'HTTPBadRequest', /is not a list/));
  });

  it('gives a MAC to a port that names none, and keeps each MAC of a network to one port', async () => {
    const { id } = await cloud.api.createNetwork();
    const generated = await port({ network_id: id });
    const { mac_address } = generated.body['port'] as { mac_address: string };
    expect(mac_address).toMatch(/^fa:16:3e/);
    expect(await port({ network_id: id, mac_address })).toEqual(
      fault(
        409,
        'MacAddressInUse',
        `Unable to complete operation for network ${id}. The mac address ${mac_address} is in use.`,
      ),
    );
    expect((await port({ network_id: (await cloud.api.createNetwork()).id, mac_address })).status).toBe(201);
  });

  it('creates many ports at once, all of them or none, in the order in which they were named', async () => {
    const { id } = await cloud.api.createNetwork();
    const bodies = Array.from({ length: 300 }, (_, n) => ({ network_id: id, name: `p${n}` }));
    const { ports } = (await cloud.api.post('/v2.0/ports', { ports: bodies })) as { ports: { name: string }[] };
    expect(ports.map((each) => each.name)).toEqual(bodies.map((each) => each.name));
    const twice = [
      { network_id: id, mac_address: '02:00:00:00:00:01' },
      { network_id: id, mac_address: '02:00:00:00:00:01' },
    ];
    expect((await cloud.api.request('POST', '/v2.0/ports', { ports: twice })).status).toBe(409);
    expect((await cloud.api.get(`/v2.0/ports?network_id=${id}&mac_address=02:00:00:00:00:01`))['ports']).toEqual([]);
  });

  it('gives ten thousand ports a MAC each, and ten thousand more of the same network others: chance alone would not do', async () => {
    const { id: network_id } = await cloud.api.createNetwork();
    const macs = new Set<unknown>();
    for (const count of [10_000, 20_000]) {
      const ports = Array.from({ length: 10_000 }, () => ({ network_id }));
      const answer = (await cloud.api.post('/v2.0/ports', { ports })) as { ports: { mac_address: string }[] };
      for (const { mac_address } of answer.ports) macs.add(mac_address);
      expect(macs.size).toBe(count);
    }
  });

  it('needs a network that exists', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await port({ network_id: nobody })).toEqual(
      fault(404, 'NetworkNotFound', `Network ${nobody} could not be found.`),
    );
    expect(await port({ name: 'x' })).toEqual(
      fault(400, 'HTTPBadRequest', "Failed to parse request. Required attribute 'network_id' not specified"),
    );
    expect(await port({ network_id: 'x' })).toMatchObject({ status: 400 });
  });

  it('knows a host by its name and type, however often it registers', async () => {
    const first = await cloud.api.registerHost('cn1', '10.0.0.1');
    expect(await cloud.api.registerHost('cn1', '10.0.0.2')).toBe(first);
    expect(await cloud.api.get('/v2.0/agents?host=cn1')).toMatchObject({
      agents: [{ id: first, alive: true, configurations: { tunneling_ip: '10.0.0.2' } }],
    });
    await cloud.api.delete(`/v2.0/agents/${first}`);
    expect(await cloud.api.request('GET', `/v2.0/agents/${first}`)).toEqual(
      fault(404, 'AgentNotFound', `Agent ${first} could not be found.`),
    );
  });

  it('refuses a tunnel IP that no hardware VTEP can reach', async () => {
    const agent = (tunneling_ip: string) =>
      cloud.api.request('POST', '/v2.0/agents', {
        agent: { host: 'v6', agent_type: 't', configurations: { tunneling_ip, tunnel_types: ['vxlan'] } },
      });
    expect(await agent('2001:db8::1')).toEqual(
      fault(400, 'HTTPBadRequest', /not an IPv4 address; hardware VTEPs speak VXLAN over IPv4 only/),
    );
    expect(await agent('nonsense')).toMatchObject({ status: 400 });
  });

  it('answers 404 in Neutron’s shape for every path that it does not have', async () => {
    expect(await cloud.api.request('GET', '/v2.0/nothing')).toEqual(
      fault(404, 'HTTPNotFound', 'The resource could not be found.'),
    );
  });

  it('has races decided by PostgreSQL: of many deletes of one port exactly one succeeds', async () => {
    const { id } = await cloud.api.createNetwork();
    const created = await cloud.api.createPort({ network_id: id });
    const answers = await Promise.all(
      [0, 1, 0, 1].map((replica) => cloud.clientOf(replica).request('DELETE', `/v2.0/ports/${created}`)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 404, 404, 404]);
  });
});
