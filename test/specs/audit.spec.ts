import { createHash, randomUUID } from 'node:crypto';
import { type Bus, connectBus } from '@l2gw/bus';
import { Client } from 'pg';
import { ApiClient, type Json } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { secretFile } from './support/secret-file.js';

const TOKEN = 'audited';
const LINE = `${createHash('sha256').update(TOKEN).digest('hex')} alice project-a`;

type Row = Readonly<Record<string, unknown>>;

describe('The audit trail', () => {
  let cloud: Cloud;
  let api: ApiClient;
  let bus: Bus;
  let database: Client;
  beforeAll(async () => {
    cloud = await startCloud({
      name: 'audit',
      replicas: 2,
      api: { L2GW_AUTH: 'token', L2GW_AUTH_TOKENS_FILE: await secretFile(LINE) },
    });
    api = new ApiClient(cloud.api.url, TOKEN);
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    database = new Client({ connectionString: cloud.databaseUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database?.end();
    await bus?.close();
    await cloud?.stop();
  });

  const list = async (query: string): Promise<readonly Row[]> =>
    (await api.get(`/v2.0/l2-audit${query}`))['l2_audit'] as Row[];
  const http = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${api.url}${path}`, {
      method,
      headers: { 'X-Auth-Token': TOKEN, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const requestIdOf = (response: Response) => response.headers.get('X-Openstack-Request-Id') ?? '';
  /** The rows of one request; there must be one, and only one. */
  const rowOf = async (response: Response): Promise<Row> => {
    const rows = await eventually(async () => {
      const found = await list(`?request_id=${requestIdOf(response)}`);
      expect(found).not.toEqual([]);
      return found;
    });
    expect(rows).toHaveLength(1);
    return rows[0] ?? {};
  };
  const call = (pattern: string, request: object, headers: Record<string, string> = { 'X-Auth-Token': TOKEN }) =>
    bus.request(`l2gw.v1.rpc.${pattern}`, JSON.stringify(request), { timeoutMs: 5000, headers });

  it('says who changed what, when, from where, and what came of it', async () => {
    const response = await http('POST', '/v2.0/networks', { network: { name: 'n', mtu: 1400 } });
    const { network } = (await response.json()) as { network: Json };
    const row = await rowOf(response);
    expect(row).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      request_id: requestIdOf(response),
      global_request_id: '',
      user_id: 'alice',
      user_name: 'alice',
      project_id: 'project-a',
      source: '127.0.0.1',
      noun: 'network',
      verb: 'create',
      resource_id: network['id'],
      method: 'POST',
      path: '/v2.0/networks',
      status: 201,
      error_type: '',
      attributes: { name: 'n', mtu: 1400 },
      count: 1,
    });
    expect(Math.abs(Date.parse(String(row['at'])) - Date.now())).toBeLessThan(60_000);
  });

  it('has every kind of change, under the name that RPC has for it', async () => {
    const { id: network } = await api.createNetwork({ name: 'all' });
    const subnet = { network_id: network, cidr: '10.0.0.0/24', ip_version: 4 };
    const made = async (path: string, noun: string, attributes: Json): Promise<string> => {
      const response = await http('POST', path, { [noun]: attributes });
      const body = (await response.json()) as Record<string, Json>;
      expect(response.status).toBe(201);
      expect(await rowOf(response)).toMatchObject({ verb: 'create', status: 201, resource_id: body[noun]?.['id'] });
      return String(body[noun]?.['id']);
    };
    const done = async (method: string, path: string, body: unknown, name: string, status: number, id: string) => {
      const response = await http(method, path, body);
      expect(response.status).toBe(status);
      const [noun, verb] = name.split('.');
      expect(await rowOf(response)).toMatchObject({ noun, verb, status, resource_id: id, error_type: '' });
    };
    const inSubnet = await made('/v2.0/subnets', 'subnet', subnet);
    const port = await made('/v2.0/ports', 'port', { network_id: network });
    const agent = await made('/v2.0/agents', 'agent', { host: 'h', agent_type: 't', binary: 'b' });
    await done('PUT', '/v2.0/l2-switches/tor1', { l2_switch: { description: 'd' } }, 'switch.announce', 200, 'tor1');
    const devices = [{ device_name: 'tor1', interfaces: [{ name: 'eth1' }] }];
    const gateway = await made('/v2.0/l2-gateways', 'l2_gateway', { name: 'g', devices });
    await done('PUT', `/v2.0/networks/${network}`, { network: { name: 'x' } }, 'network.update', 200, network);
    await done('PUT', `/v2.0/subnets/${inSubnet}`, { subnet: { name: 'x' } }, 'subnet.update', 200, inSubnet);
    await done('PUT', `/v2.0/ports/${port}`, { port: { name: 'x' } }, 'port.update', 200, port);
    await done('PUT', `/v2.0/agents/${agent}`, { agent: { admin_state_up: false } }, 'agent.update', 200, agent);
    await done('PUT', `/v2.0/l2-gateways/${gateway}`, { l2_gateway: { name: 'x' } }, 'gateway.update', 200, gateway);
    await done('PUT', `/v2.0/ports/${port}/tags`, { tags: ['a'] }, 'port.retag', 200, port);
    await done('PUT', `/v2.0/ports/${port}/tags/b`, undefined, 'port/tags.update', 201, port);
    await done('DELETE', `/v2.0/ports/${port}/tags/b`, undefined, 'port/tags.delete', 204, port);
    await done('DELETE', `/v2.0/ports/${port}`, undefined, 'port.delete', 204, port);
    await done('DELETE', `/v2.0/subnets/${inSubnet}`, undefined, 'subnet.delete', 204, inSubnet);
    await done('DELETE', `/v2.0/agents/${agent}`, undefined, 'agent.delete', 204, agent);
    await done('DELETE', `/v2.0/l2-gateways/${gateway}`, undefined, 'gateway.delete', 204, gateway);
    await done('DELETE', `/v2.0/networks/${network}`, undefined, 'network.delete', 204, network);
    await done('DELETE', '/v2.0/l2-switches/tor1', undefined, 'switch.forget', 204, 'tor1');
  });

  it.each([
    ['nobody we know, whatever he sends', 401, 'Unauthorized', 'POST', '/v2.0/networks', '{', 'guess'],
    ['nobody we know', 401, 'Unauthorized', 'POST', '/v2.0/networks', { network: { name: 'n' } }, 'guess'],
    ['a body that is wrong', 400, 'HTTPBadRequest', 'POST', '/v2.0/networks', { network: { nonsense: 1 } }, TOKEN],
    ['a body that is no JSON', 400, 'MalformedRequestBody', 'POST', '/v2.0/networks', '{', TOKEN],
    ['what is not there', 404, 'NetworkNotFound', 'DELETE', '/v2.0/networks/x', undefined, TOKEN],
    ['a path that leads nowhere', 404, 'HTTPNotFound', 'PUT', '/v2.0/nothing/x', {}, TOKEN],
  ])('has what was refused, too: %s', async (_what, status, error_type, method, path, body, token) => {
    const response = await http(method, path, body, { 'X-Auth-Token': token });
    expect(response.status).toBe(status);
    const known = token === TOKEN;
    expect(await rowOf(response)).toMatchObject({
      status,
      error_type,
      method,
      path,
      user_name: known ? 'alice' : '',
      attributes: error_type === 'HTTPBadRequest' ? { nonsense: 1 } : null,
    });
  });

  it('has what came over the bus, with the id that was answered', async () => {
    const created = await call('network.create', { body: { network: { name: 'by bus' } } });
    const { network } = JSON.parse(created.body) as { network: Json };
    const rows = await list(`?request_id=${created.headers['X-Openstack-Request-Id']}`);
    expect(rows).toEqual([
      expect.objectContaining({
        user_name: 'alice',
        source: 'nats',
        noun: 'network',
        verb: 'create',
        resource_id: network['id'],
        method: '',
        path: 'l2gw.v1.rpc.network.create',
        status: 200,
        attributes: { name: 'by bus' },
      }),
    ]);
    await call('network.delete', { id: network['id'] });
    expect(await list(`?resource_id=${String(network['id'])}&verb=delete`)).toHaveLength(1);
    await call('network.delete', { id: network['id'] }, { 'X-Auth-Token': 'guess' });
    await eventually(async () =>
      expect(await list(`?resource_id=${String(network['id'])}&status=401`)).toEqual([
        expect.objectContaining({ user_name: '', error_type: 'Unauthorized', source: 'nats' }),
      ]),
    );
  });

  it('is silent about what only reads', async () => {
    const before = await database.query('SELECT count(*) FROM audit');
    await api.get('/v2.0/networks');
    await http('GET', '/v2.0/networks', undefined, { 'X-Auth-Token': 'guess' });
    await call('network.list', {});
    await call('switch.macs', { id: 'x' });
    const marker = await http('DELETE', '/v2.0/networks/marker');
    await rowOf(marker);
    const after = await database.query('SELECT count(*) FROM audit');
    expect(Number(after.rows[0].count)).toBe(Number(before.rows[0].count) + 1);
  });

  it('carries the id by which other services know the request', async () => {
    const global = `req-${randomUUID()}`;
    const response = await http('POST', '/v2.0/networks', { network: {} }, { 'X-Openstack-Request-Id': global });
    expect(requestIdOf(response)).not.toBe(global);
    expect(await rowOf(response)).toMatchObject({ global_request_id: global });
    expect(await list(`?global_request_id=${global}`)).toHaveLength(1);
    const odd = await http('POST', '/v2.0/networks', { network: {} }, { 'X-Openstack-Request-Id': 'req-1; DROP' });
    expect(await rowOf(odd)).toMatchObject({ global_request_id: '' });
  });

  it('believes only load balancers that are known when they say for whom they ask', async () => {
    const { url } = await cloud.startApi({ L2GW_HTTP_PROXIES: '192.0.2.0/24,127.0.0.1' });
    const from = async (api: string) => {
      const headers = { 'X-Auth-Token': TOKEN, 'X-Forwarded-For': '198.51.100.1, 203.0.113.7, 192.0.2.9' };
      return (await rowOf(await fetch(`${api}/v2.0/networks/x`, { method: 'DELETE', headers })))['source'];
    };
    expect(await from(url)).toBe('203.0.113.7');
    expect(await from(api.url)).toBe('127.0.0.1');
  });

  it('says of a bulk how many, and keeps no secret', async () => {
    const { id } = await api.createNetwork();
    const ports = Array.from({ length: 300 }, () => ({ network_id: id }));
    const bulk = await http('POST', '/v2.0/ports', { ports });
    expect(bulk.status).toBe(201);
    expect(await rowOf(bulk)).toMatchObject({ attributes: { ports: 300 }, resource_id: '', status: 201 });
    const secret = await http('POST', '/v2.0/ports', {
      port: { network_id: id, 'binding:profile': { password: 'hush', depth: [{ api_key: 'hush' }] } },
    });
    expect((await rowOf(secret))['attributes']).toEqual({
      network_id: id,
      'binding:profile': { password: '***', depth: [{ api_key: '***' }] },
    });
  });

  it('has one row for a port that needed an address first', async () => {
    const { id } = await api.createNetwork();
    await api.post('/v2.0/subnets', { subnet: { network_id: id, cidr: '10.9.0.0/24', ip_version: 4 } });
    const response = await http('POST', '/v2.0/ports', { port: { network_id: id } });
    const { port } = (await response.json()) as { port: Json };
    expect(await rowOf(response)).toMatchObject({ status: 201, resource_id: port['id'] });
  });

  it('is listed newest first, page by page, filtered, and between two times', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await api.post('/v2.0/networks', { network: { name } });
    const names = (rows: readonly Row[]) => rows.map((row) => (row['attributes'] as Json)['name']);
    const first = await api.get('/v2.0/l2-audit?noun=network&verb=create&status=201&limit=2');
    expect(names(first['l2_audit'] as Row[])).toEqual(['d', 'c']);
    const [next] = first['l2_audit_links'] as { href: string }[];
    expect(names(await list(next?.href.replace('/v2.0/l2-audit', '') ?? ''))).toEqual(['b', 'a']);
    const [d, c, b] = first['l2_audit'] as Row[];
    expect(b).toBeUndefined();
    const since = `since=${encodeURIComponent(String(c?.['at']))}`;
    expect(names(await list(`?${since}&noun=network`))).toEqual(['d', 'c']);
    expect(names(await list(`?${since}&until=${encodeURIComponent(String(d?.['at']))}&noun=network`))).toEqual(['c']);
    expect(await list('?until=2020-01-01')).toEqual([]);
    expect(names(await list(`?${since}&noun=network&sort_key=at&sort_dir=asc`))).toEqual(['c', 'd']);
    const answer = await call('audit.list', { query: `${since}&noun=network&fields=verb` });
    expect(JSON.parse(answer.body)).toEqual({
      l2_audit: [{ verb: 'create' }, { verb: 'create' }],
      l2_audit_links: expect.anything(),
    });
  });

  it.each(['since=yesterday', 'until=2020-13-01', 'since=', "since=2020-01-01'; DROP TABLE audit"])(
    'asks for another time than %s',
    async (query) => {
      const { status, body } = await api.request('GET', `/v2.0/l2-audit?${query}`);
      expect([status, body]).toEqual([400, expect.objectContaining({ NeutronError: expect.anything() })]);
    },
  );

  it('cannot be changed over the API', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await http(method, '/v2.0/l2-audit/x', {})).status).toBe(404);
    }
  });

  it('sums a flood of refused requests up, and tells the two kinds of callers apart', async () => {
    const replica = await cloud.startApi();
    const flood = Array.from({ length: 1500 });
    for (let begun = 0; begun < flood.length; begun += 50) {
      await Promise.all(
        flood.slice(begun, begun + 50).map(async () => {
          const response = await fetch(`${replica.url}/v2.0/networks/flood`, { method: 'DELETE' });
          await response.arrayBuffer();
        }),
      );
    }
    const refused = await fetch(`${replica.url}/v2.0/networks/alone`, {
      method: 'DELETE',
      headers: { 'X-Auth-Token': TOKEN },
    });
    await rowOf(refused);
    await replica.stop();
    const flooded = await database.query(
      "SELECT count(*) AS rows, sum(count) AS requests FROM audit WHERE path = '/v2.0/networks/flood'",
    );
    expect(Number(flooded.rows[0].requests)).toBe(1500);
    expect(Number(flooded.rows[0].rows)).toBeLessThan(1100);
    expect(replica.events.filter(({ event }) => event === 'audit-summed-up')).not.toEqual([]);
  });

  it('reaches back as far as is set, and less far for what strangers were refused', async () => {
    const old = (days: number, admitted: boolean) =>
      database.query(
        `INSERT INTO audit SELECT gen_random_uuid(), now() - make_interval(days => $1), 'req-old', '', '', '', '', '', 'network', 'create', '',
           'POST', '/old', 200, '', NULL, 1, $2`,
        [days, admitted],
      );
    const left = async () =>
      (await database.query("SELECT admitted FROM audit WHERE path = '/old' ORDER BY admitted")).rows;
    await old(31, true);
    await old(29, true);
    await old(8, false);
    await old(6, false);
    await cloud.startApi({ L2GW_AUDIT_DAYS: '30' });
    await eventually(async () => expect(await left()).toEqual([{ admitted: false }, { admitted: true }]));
  });

  it('is not kept where nobody wants it', async () => {
    const { url } = await cloud.startApi({ L2GW_AUDIT_DAYS: '0' });
    const response = await fetch(`${url}/v2.0/networks`, {
      method: 'POST',
      headers: { 'X-Auth-Token': TOKEN, 'Content-Type': 'application/json' },
      body: '{"network": {"name": "unseen"}}',
    });
    expect(response.status).toBe(201);
    await eventually(async () => expect((await database.query('SELECT FROM audit')).rowCount).toBe(0));
  });
});
