import { createHash } from 'node:crypto';
import { type Bus, connectBus } from '@l2gw/bus';
import { ApiClient, type Json } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { secretFile } from './support/secret-file.js';

const line = (token: string, who: string) => `${createHash('sha256').update(token).digest('hex')} ${who}`;
const DEVICES = [{ device_name: 'tor1', interfaces: [{ name: 'eth1' }] }];

describe('The project of what is created', () => {
  let cloud: Cloud;
  let alice: ApiClient;
  let bus: Bus;
  let network: string;
  let cidrs = 0;
  beforeAll(async () => {
    const tokens = [line('of alice', 'alice project-a'), line('of root', 'root')].join('\n');
    cloud = await startCloud({
      name: 'auth projects',
      api: { L2GW_AUTH: 'token', L2GW_AUTH_TOKENS_FILE: await secretFile(tokens) },
      switches: [{ name: 'tor1', tunnelIps: ['10.0.0.1'], ports: ['eth1'] }],
    });
    alice = new ApiClient(cloud.api.url, 'of alice');
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    network = (await alice.createNetwork()).id;
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  /** What one needs to say to create one. */
  const needs: Readonly<Record<string, () => Json>> = {
    network: () => ({}),
    subnet: () => ({ network_id: network, ip_version: 4, cidr: `10.${(cidrs += 1)}.0.0/24` }),
    port: () => ({ network_id: network }),
    gateway: () => ({ name: 'g', devices: DEVICES }),
  };
  const NOUNS = [
    ['network', '/v2.0/networks', 'network'],
    ['subnet', '/v2.0/subnets', 'subnet'],
    ['port', '/v2.0/ports', 'port'],
    ['gateway', '/v2.0/l2-gateways', 'l2_gateway'],
  ] as const;

  const create = (api: ApiClient, path: string, key: string, attributes: Json) =>
    api.request('POST', path, { [key]: attributes });
  const projects = (project: string) => ({ tenant_id: project, project_id: project });

  it.each(NOUNS)("of a %s is the caller's", async (noun, path, key) => {
    const { status, body } = await create(alice, path, key, needs[noun]?.() ?? {});
    expect([status, body[key]]).toEqual([201, expect.objectContaining(projects('project-a'))]);
    const root = await create(new ApiClient(alice.url, 'of root'), path, key, needs[noun]?.() ?? {});
    expect(root.body[key]).toMatchObject(projects(''));
  });

  it.each(NOUNS)("of a %s is another's if the administrator says so, by either name", async (noun, path, key) => {
    for (const attributes of [{ tenant_id: 'b' }, { project_id: 'b' }, projects('b')]) {
      const { status, body } = await create(alice, path, key, { ...needs[noun]?.(), ...attributes });
      expect([status, body[key]]).toEqual([201, expect.objectContaining(projects('b'))]);
    }
    for (const filter of ['tenant_id=b', 'project_id=b']) {
      const [rows] = Object.values(await alice.get(`${path}?${filter}`)) as Json[][];
      expect(rows?.map((row) => row['project_id'])).toEqual(['b', 'b', 'b']);
    }
  });

  it.each(NOUNS)('of a %s is one, and stays', async (noun, path, key) => {
    const two = { tenant_id: 'a', project_id: 'b' };
    expect(await create(alice, path, key, { ...needs[noun]?.(), ...two })).toMatchObject({
      status: 400,
      body: { NeutronError: { message: "'project_id' and 'tenant_id' do not match" } },
    });
    for (const odd of [5, null, ['a'], { a: 1 }]) {
      expect(await create(alice, path, key, { ...needs[noun]?.(), tenant_id: odd })).toMatchObject({ status: 400 });
    }
    const { body } = await create(alice, path, key, needs[noun]?.() ?? {});
    const { id } = body[key] as Json;
    for (const name of ['tenant_id', 'project_id']) {
      expect(await alice.request('PUT', `${path}/${String(id)}`, { [key]: { [name]: 'b' } })).toMatchObject({
        status: 400,
        body: { NeutronError: { message: `Cannot update read-only attribute ${name}` } },
      });
    }
  });

  it.each(NOUNS)('of a %s is the same over the bus', async (noun, _path, key) => {
    const call = async (attributes: Json) => {
      const body = JSON.stringify({ body: { [key]: { ...needs[noun]?.(), ...attributes } } });
      const options = { timeoutMs: 5000, headers: { 'X-Auth-Token': 'of alice' } };
      return JSON.parse((await bus.request(`l2gw.v1.rpc.${noun}.create`, body, options)).body) as Json;
    };
    expect((await call({}))[key]).toMatchObject(projects('project-a'));
    expect((await call({ tenant_id: 'b' }))[key]).toMatchObject(projects('b'));
  });

  it('of each port of a bulk is its own', async () => {
    const { ports } = await alice.post('/v2.0/ports', {
      ports: [needs['port']?.(), { ...needs['port']?.(), tenant_id: 'b' }],
    });
    expect(ports).toMatchObject([projects('project-a'), projects('b')]);
  });

  it('of a connection, and of the port that stands for it, is that of its gateway', async () => {
    const { body } = await create(alice, '/v2.0/l2-gateways', 'l2_gateway', { devices: DEVICES, tenant_id: 'c' });
    const connection = { l2_gateway_id: (body['l2_gateway'] as Json)['id'], network_id: network, segmentation_id: '5' };
    const answer = await create(alice, '/v2.0/l2-gateway-connections', 'l2_gateway_connection', {
      ...connection,
      tenant_id: 'd',
    });
    expect(answer).toMatchObject({ status: 201, body: { l2_gateway_connection: { tenant_id: 'c' } } });
    const [port] = (await alice.get('/v2.0/ports?device_owner=network:l2gateway-connection'))['ports'] as Json[];
    expect(port).toMatchObject(projects('c'));
  });
});
