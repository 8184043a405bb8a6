import { Client } from 'pg';
import type { Answer } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

const VNIS = 60;
/** Every race is run as often, as one that is lost only sometimes must show. */
const ROUNDS = 10;

describe('Of several at once, on two replicas,', () => {
  let cloud: Cloud;
  let database: Client;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'concurrency', replicas: 2, api: { L2GW_VNI_RANGE: `5000:${5000 + VNIS - 1}` } });
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
    database = new Client({ connectionString: cloud.databaseUrl });
    await database.connect();
  });
  afterEach(async () => {
    for (const collection of ['l2-gateway-connections', 'l2-gateways', 'networks']) await clear(collection);
  });
  afterAll(async () => {
    await database?.end();
    await cloud?.stop();
  });

  let asked = 0;
  /** The replicas are asked in turn. */
  const ask = (method: string, path: string, body?: unknown) =>
    cloud.clientOf((asked += 1) % 2).request(method, `/v2.0/${path}`, body);
  const times = <Result>(count: number, work: (n: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, (_, n) => work(n)));
  const rounds = async (work: (n: number) => Promise<void>) => {
    for (let n = 0; n < ROUNDS; n += 1) await work(n);
  };

  const list = async (collection: string): Promise<Body[]> =>
    (await cloud.api.get(`/v2.0/${collection}`))[collection.replaceAll('-', '_')] as Body[];
  const clear = async (collection: string) => {
    for (const { id } of await list(collection)) await cloud.api.delete(`/v2.0/${collection}/${String(id)}`);
  };
  let ports = 0;
  const gateway = (name = `eth${(ports += 1)}`) =>
    cloud.api.createGateway('gw', [{ device_name: 'tor1', interfaces: [{ name }] }]);
  const network = async () => (await cloud.api.createNetwork()).id;
  const connect = (l2_gateway_id: string, network_id: string, vlan = 100) =>
    ask('POST', 'l2-gateway-connections', {
      l2_gateway_connection: { l2_gateway_id, network_id, segmentation_id: String(vlan) },
    });
  /** `201`, or the status and the type of the error. */
  const outcome = ({ status, body }: Answer) =>
    status < 300 ? `${status}` : `${status} ${String((body['NeutronError'] as Body)['type'])}`;
  const outcomes = (answers: readonly Answer[]) => answers.map(outcome).sort();
  const bindings = async () =>
    (await database.query('SELECT device_name, port_name, vlan, network_id FROM binding ORDER BY port_name, vlan'))
      .rows;

  it('one makes a connection, and the others are told that it exists', async () => {
    await rounds(async () => {
      const [l2_gateway, of] = [await gateway(), await network()];
      const answers = await times(6, () => connect(l2_gateway, of));
      expect(outcomes(answers)).toEqual(['201', ...Array<string>(5).fill('409 L2GatewayConnectionExists')]);
    });
    expect(await list('l2-gateway-connections')).toHaveLength(ROUNDS);
    expect(await list('ports')).toHaveLength(ROUNDS);
  });

  it('one deletes a thing, and to the others it was never there', async () => {
    await rounds(async () => {
      const [l2_gateway, of] = [await gateway(), await network()];
      const { body } = await connect(l2_gateway, of);
      const { id } = body['l2_gateway_connection'] as Body;
      for (const [path, missing] of [
        [`l2-gateway-connections/${String(id)}`, '404 L2GatewayConnectionNotFound'],
        [`l2-gateways/${l2_gateway}`, '404 L2GatewayNotFound'],
        [`networks/${of}`, '404 NetworkNotFound'],
      ] as const) {
        expect(outcomes(await times(4, () => ask('DELETE', path)))).toEqual(['204', missing, missing, missing]);
      }
    });
    expect(await list('ports')).toEqual([]);
    expect(await bindings()).toEqual([]);
  });

  it('no two networks get the same VNI, and none more than there are', async () => {
    const answers = await times(VNIS + 8, () => ask('POST', 'networks', { network: {} }));
    expect(outcomes(answers)).toEqual([
      ...Array<string>(VNIS).fill('201'),
      ...Array<string>(8).fill('409 NoNetworkAvailable'),
    ]);
    const vnis = (await list('networks')).map((each) => each['provider:segmentation_id']);
    expect(new Set(vnis).size).toBe(VNIS);
  });

  it('one network gets the VNI that all of them ask for', async () => {
    const answers = await times(6, () => ask('POST', 'networks', { network: { 'provider:segmentation_id': 5007 } }));
    expect(outcomes(answers)).toEqual(['201', ...Array<string>(5).fill('409 VniInUse')]);
  });

  it('who connects a gateway and who deletes it do not both succeed', async () => {
    await rounds(async () => {
      const [l2_gateway, of] = [await gateway(), await network()];
      const [connected, deleted] = await Promise.all([
        connect(l2_gateway, of),
        ask('DELETE', `l2-gateways/${l2_gateway}`),
      ]);
      expect([
        ['201', '409 L2GatewayInUse'],
        ['404 L2GatewayNotFound', '204'],
      ]).toContainEqual([outcome(connected), outcome(deleted)]);
    });
  });

  it('who connects a network and who deletes it do not both succeed', async () => {
    await rounds(async () => {
      const [l2_gateway, of] = [await gateway(), await network()];
      const [connected, deleted] = await Promise.all([connect(l2_gateway, of), ask('DELETE', `networks/${of}`)]);
      expect([
        ['201', '409 NetworkInUse'],
        ['404 NetworkNotFound', '204'],
      ]).toContainEqual([outcome(connected), outcome(deleted)]);
    });
  });

  it('who puts a port into a network and who deletes the network do not both succeed', async () => {
    await rounds(async () => {
      const of = await network();
      const [made, deleted] = await Promise.all([
        ask('POST', 'ports', { port: { network_id: of } }),
        ask('DELETE', `networks/${of}`),
      ]);
      expect([
        ['201', '409 NetworkInUse'],
        ['404 NetworkNotFound', '204'],
      ]).toContainEqual([outcome(made), outcome(deleted)]);
      if (made.status === 201) await ask('DELETE', `ports/${String((made.body['port'] as Body)['id'])}`);
    });
  });

  it('who changes a gateway and who connects it are both obeyed, whoever comes first', async () => {
    await rounds(async () => {
      const [before, after] = [`before${(ports += 1)}`, `after${ports}`];
      const [l2_gateway, of] = [await gateway(before), await network()];
      const devices = [{ device_name: 'tor1', interfaces: [{ name: after }] }];
      const answers = await Promise.all([
        connect(l2_gateway, of),
        ask('PUT', `l2-gateways/${l2_gateway}`, { l2_gateway: { devices } }),
      ]);
      expect(answers.map(outcome)).toEqual(['201', '200']);
      expect((await bindings()).filter((each) => each.network_id === of)).toEqual([
        { device_name: 'tor1', port_name: after, vlan: 100, network_id: of },
      ]);
    });
  });

  it('who changes a gateway at once with others loses nothing that they have changed', async () => {
    const l2_gateway = await gateway();
    const of = await network();
    await connect(l2_gateway, of);
    const added = Array.from({ length: 8 }, (_, n) => `added${n}`);
    const answers = await Promise.all(
      added.map((name) =>
        ask('PUT', `l2-gateways/${l2_gateway}`, {
          l2_gateway: { devices: [{ device_name: 'tor1', new_interfaces: [{ name }] }] },
        }),
      ),
    );
    expect(outcomes(answers)).toEqual(added.map(() => '200'));
    expect((await bindings()).map((each) => each.port_name)).toEqual(expect.arrayContaining(added));
    const shown = await cloud.api.get(`/v2.0/l2-gateways/${l2_gateway}`);
    expect(shown['l2_gateway']).toMatchObject({ revision_number: 1 + added.length });
  });

  it('one network gets the VLAN of a port', async () => {
    await rounds(async (n) => {
      const name = `shared${n}`;
      const candidates = await times(4, async () => ({ by: await gateway(name), of: await network() }));
      const answers = await Promise.all(candidates.map(({ by, of }) => connect(by, of)));
      expect(outcomes(answers)).toEqual(['201', ...Array<string>(3).fill('409 L2GatewayDuplicateSegmentationID')]);
    });
  });

  it('one network gets the VLAN of two ports, in whichever order they are named', async () => {
    await rounds(async (n) => {
      const interfaces = [{ name: `x${n}` }, { name: `y${n}` }];
      const make = (order: typeof interfaces) =>
        cloud.api.createGateway('gw', [{ device_name: 'tor1', interfaces: order }]);
      const [one, other] = [await make(interfaces), await make([...interfaces].reverse())];
      const answers = [connect(one, await network()), connect(other, await network())];
      expect(outcomes(await Promise.all(answers))).toEqual(['201', '409 L2GatewayDuplicateSegmentationID']);
    });
  });

  it('nothing is lost or doubled that was answered by a replica that is killed', async () => {
    const victim = await cloud.startApi();
    const clients = [cloud.clientOf(0), cloud.clientOf(cloud.replicas.indexOf(victim))];
    const answered: { readonly name: string; readonly id: string }[] = [];
    const unanswered: string[] = [];
    let done = 0;
    const create = async (name: string, n: number) => {
      const body = { l2_gateway: { name, devices: [{ device_name: 'tor1', interfaces: [{ name: 'eth0' }] }] } };
      const answer = await clients[n % 2]?.request('POST', '/v2.0/l2-gateways', body).catch(() => undefined);
      done += 1;
      if (done === 60) void victim.kill();
      if (answer?.status === 201) answered.push({ name, id: String((answer.body['l2_gateway'] as Body)['id']) });
      else unanswered.push(name);
    };
    await times(200, (n) => create(`gateway-${n}`, n));
    expect(answered.length).toBeGreaterThanOrEqual(100);
    expect(unanswered.length).toBeGreaterThan(0);
    const there = await list('l2-gateways');
    const names = there.map((each) => each['name']);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, id } of answered) expect(there).toContainEqual(expect.objectContaining({ id, name }));
    for (const name of names) expect([...answered.map((each) => each.name), ...unanswered]).toContain(name);
  });
});
